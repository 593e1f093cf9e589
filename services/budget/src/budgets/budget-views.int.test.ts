import { TaskId, UserId } from '@maestro/contracts/ids'
import { nanoUsd } from '@maestro/contracts/money/nano-usd'
import { afterEach, expect, test } from 'vitest'
import type { Bookkeeper } from '../booking/bookkeeper.ts'
import { openTestBudget, type TestBudget } from '../open-test-budget.ts'

let budget: TestBudget | null = null
afterEach(async () => {
  await budget?.close()
  budget = null
})
const open = async (at?: string) =>
  (budget = await openTestBudget({ globalUsd: '10', ...(at === undefined ? {} : { at }) }))

const taskId = TaskId.parse('task_1')
const model = 'openai/gpt-oss-120b'

const reserve = (copy: Bookkeeper, { prices, now }: TestBudget, number: number, nano: number) => {
  const rate = prices.priceAt('groq', model, now())?.rate
  if (rate === undefined) throw new Error('no price')
  const callId = `call_1_write_1_${number}`
  return copy.reserve({
    attempt: {
      attemptId: `${callId}.1`,
      callId,
      taskId,
      userId: UserId.parse('owner'),
      agentId: null,
      stepId: null,
      purpose: 'step',
      provider: 'groq',
      model,
      rate,
    },
    taskLimitNanoUsd: null,
    holding: { nanoUsd: nano, tokens: 1_000 },
    leaseMs: 60_000,
  })
}
const settleWhole = (copy: Bookkeeper, number: number) =>
  copy.settle({ attemptId: `call_1_write_1_${number}.1`, model, usage: null, sentAt: new Date() })

test('a fresh database has a limit of ten dollars a month', async () => {
  const { budgets } = await open()
  expect(await budgets.levelsOf(taskId)).toEqual([
    {
      scope: 'global',
      id: 'global',
      period: 'monthly',
      windowStart: '2026-11-01T00:00:00.000Z',
      windowEnd: '2026-12-01T00:00:00.000Z',
      limitNanoUsd: 10_000_000_000,
      settledNanoUsd: 0,
      reservedNanoUsd: 0,
    },
  ])
})

test('a change of rhythm frees no money: what was spent in its window counts, and so do later bills', async () => {
  const local = await open()
  const copy = local.openCopy()
  await reserve(copy, local, 1, 3_000)
  await settleWhole(copy, 1)
  await reserve(copy, local, 2, 5_000)
  const limitNanoUsd = nanoUsd(9_000)
  expect(await local.budgets.setGlobalLimit({ limitNanoUsd, period: 'daily' })).toMatchObject({
    period: 'daily',
    windowStart: '2026-11-22T00:00:00.000Z',
    windowEnd: '2026-11-23T00:00:00.000Z',
    limitNanoUsd: 9_000,
    settledNanoUsd: 3_000,
    reservedNanoUsd: 5_000,
  })
  await settleWhole(copy, 2)
  const [level] = await local.budgets.levelsOf(null)
  expect(level).toMatchObject({ settledNanoUsd: 8_000, reservedNanoUsd: 0 })
  const back = await local.budgets.setGlobalLimit({ limitNanoUsd, period: 'monthly' })
  expect(back).toMatchObject({ settledNanoUsd: 8_000, reservedNanoUsd: 0 })
})

test.each([
  // Clocks went back on 25 October: a day of 25 hours.
  ['2026-10-25T12:00:00Z', 'daily', '2026-10-24T22:00:00.000Z', '2026-10-25T23:00:00.000Z'],
  // Clocks went forward on 29 March: a day of 23 hours.
  ['2026-03-29T12:00:00Z', 'daily', '2026-03-28T23:00:00.000Z', '2026-03-29T22:00:00.000Z'],
  ['2026-03-29T12:00:00Z', 'weekly', '2026-03-22T23:00:00.000Z', '2026-03-29T22:00:00.000Z'],
  ['2026-12-31T23:30:00Z', 'yearly', '2026-12-31T23:00:00.000Z', '2027-12-31T23:00:00.000Z'],
  ['2026-12-31T23:30:00Z', 'once', '1970-01-01T00:00:00.000Z', null],
] as const)(
  'at %s in Berlin the %s window is %s to %s',
  async (at, period, windowStart, windowEnd) => {
    const { sql, budgets } = await open(at)
    await sql`update budgets set time_zone = 'Europe/Berlin', period = ${period}`
    const [level] = await budgets.levelsOf(null)
    expect(level).toMatchObject({ period, windowStart, windowEnd })
  },
)
