import { afterAll, beforeAll, expect, test } from 'vitest'
import { answerThroughKills, brokenClaims } from './testing/proof/answer-through-kills.ts'
import { runFaultMatrix } from './testing/proof/run-fault-matrix.ts'
import { startTestSystem, type TestSystem } from './testing/start-test-system.ts'

// The short form of `npm run proof:router`.

let system: TestSystem
beforeAll(async () => {
  system = await startTestSystem()
})
afterAll(() => system.stop())

test('every class of failure, at every provider, before, during and after the first content, ends as it has to', async () => {
  // A busy machine may be late with anything; the proof itself holds it to 100 ms.
  const results = await runFaultMatrix(system, { abortMsMax: 2_000 })
  expect(
    results.flatMap(({ cell, wrong }) =>
      wrong.map((what) => `${cell.failureClass} ${cell.moment} ${cell.provider}: ${what}`),
    ),
  ).toEqual([])
  const played = results.filter(({ cell }) => cell.kind === 'possible')
  expect(results).toHaveLength(16 * 3 * 3)
  expect(played.length).toBeGreaterThan(50)
}, 240_000)

test('calls that stream while workers are killed are answered once each, and none is made again', async () => {
  const result = await answerThroughKills(system, {
    calls: 300,
    kills: 1,
    killEveryMs: 1_500,
    durationMsMax: 120_000,
  })
  expect(brokenClaims(result), JSON.stringify(result)).toEqual([])
}, 240_000)
