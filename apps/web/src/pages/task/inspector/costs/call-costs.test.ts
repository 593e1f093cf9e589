import { nanoUsd } from '@maestro/contracts/money/nano-usd'
import { CallId, stepIdOf } from '@maestro/contracts/ids'
import { fold } from '@maestro/task-model/fold'
import { judgeResult, judgeWith } from '@maestro/task-model/testing/judge-command-fixtures'
import {
  after,
  answer,
  createWith,
  failStep,
  startRetry,
} from '@maestro/task-model/testing/task-command-fixtures'
import { factsWith } from '@maestro/task-model/testing/task-fixtures'
import { expect, test } from 'vitest'
import { callCosts } from './call-costs.ts'

const facts = (costNanoUsd: number) => factsWith({ costNanoUsd: nanoUsd(costNanoUsd) })

test('the attempts and what is told of no call add up to the step, its judge stands beside', () => {
  const task = fold(
    after(
      createWith({ a: { retriesMax: 1 } }, { judge: judgeWith() }),
      failStep('a', 'internal', { facts: facts(7) }),
      startRetry('a', 1),
      answer('a', { attempt: 2, facts: facts(30) }),
      judgeResult('a', 'ok', { attempt: 2 }),
    ),
  )
  if (task.status === 'unborn') throw new Error('it was born')
  const step = task.steps[stepIdOf('a')]
  if (step === undefined) throw new Error('there is no such step')
  const rows = callCosts({ ...step, costNanoUsd: nanoUsd(step.costNanoUsd + 5) })
  const groups = rows.filter(({ kind }) => kind === 'group')
  expect(groups.map(({ key, costNanoUsd }) => [key, costNanoUsd])).toEqual([
    ['attempt 2', 30],
    ['attempt 1', 7],
    ['rest', 5],
    ['judge', expect.any(Number)],
  ])
  expect(step.costNanoUsd).toBe(37)
})

test('what a call took from the work of another one is told', () => {
  const [, call] = callCosts({
    costNanoUsd: nanoUsd(0),
    calls: [
      {
        callId: CallId.parse('call_1_a'),
        purpose: 'step',
        attempt: 1,
        turn: 1,
        status: 'answered',
        startedAt: '2026-01-01T00:00:00.000Z',
        finishedAt: '2026-01-01T00:00:01.000Z',
        answer: null,
        text: null,
        failure: null,
        problem: null,
        facts: factsWith({
          cached: {
            callId: CallId.parse('call_0_a'),
            at: '2026-01-01T00:00:00.000Z',
            savedNanoUsd: nanoUsd(9),
          },
        }),
      },
    ],
  })
  expect(call).toMatchObject({ label: 'Turn 1', savedNanoUsd: 9 })
})
