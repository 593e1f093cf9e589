import { afterAll, beforeAll, describe, vi } from 'vitest'
import { approvalSuite } from './testing/people/approval-suite.ts'
import { garbageSuite } from './testing/people/garbage-suite.ts'
import { killedSuite } from './testing/people/killed-suite.ts'
import { moneySuite } from './testing/people/money-suite.ts'
import { type PeopleStage, startPeopleStage } from './testing/people/people-stage.ts'
import { promiseSuite } from './testing/people/promise-suite.ts'
import { steeringSuite } from './testing/people/steering-suite.ts'
import { surgerySuite } from './testing/people/surgery-suite.ts'

// Over HTTP and the bus, with real services behind them and a provider on its wire: all on one stage.

// Nothing here waits for a time, and a machine that does ten other things may take its own.
vi.setConfig({ testTimeout: 240_000 })

let started: PeopleStage
beforeAll(async () => {
  started = await startPeopleStage()
})
afterAll(() => started?.stop())

const stage = () => started

describe.concurrent('promises', () => {
  promiseSuite(stage)
})
describe.concurrent('approvals', () => {
  approvalSuite(stage)
})
describe.concurrent('surgery', () => {
  surgerySuite(stage)
})
describe.concurrent('steering', () => {
  steeringSuite(stage)
})
describe.concurrent('money', () => {
  moneySuite(stage)
})
describe.concurrent('nonsense', () => {
  garbageSuite(stage)
})
describe('crashes', () => {
  killedSuite(stage)
})
