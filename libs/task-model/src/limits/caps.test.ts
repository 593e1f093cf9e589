import { nanoUsd } from '@maestro/contracts/money/nano-usd'
import { stepIdOf } from '@maestro/contracts/ids'
import { expect, test } from 'vitest'
import { effectsOf } from '../effects-of.ts'
import { fold } from '../fold.ts'
import {
  answer,
  answerTool,
  createWith,
  after,
  failStep,
  pause,
  resume,
} from '../testing/task-command-fixtures.ts'
import { atMs, factsWith, orchestrator } from '../testing/task-fixtures.ts'
import type { Step } from '../task.ts'
import type { TaskCommand } from '../task-command.ts'

const a = stepIdOf('a')
const thinking = (turn: number): readonly TaskCommand[] => [
  answer('a', { tools: [`t${turn}`], turn, facts: factsWith({ costNanoUsd: nanoUsd(1_000) }) }),
  answerTool('a', `t${turn}`, { turn }),
]
const failureOf = (commands: readonly TaskCommand[]) => {
  const failed = after(...commands).find(({ type }) => type === 'StepFailed')
  return failed?.data
}
const checkTime = (at: string): TaskCommand => ({
  type: 'CheckStepTime',
  stepId: a,
  at,
  actor: orchestrator,
})

test('a step ends at its own cap of turns, which says so', () =>
  expect(
    failureOf([createWith({ a: { caps: { turnsMax: 2 } } }), ...thinking(1), ...thinking(2)]),
  ).toMatchObject({
    reason: 'all 2 turns were used without delivering the output',
    limit: { name: 'turns', max: 2, reached: 2 },
  }))

test('a cap above that of the task does not raise it', () =>
  expect(
    failureOf([
      createWith({ a: { caps: { turnsMax: 50 } } }, { limits: { turnsMax: 1 } }),
      ...thinking(1),
    ]),
  ).toMatchObject({ limit: { name: 'turns', max: 1 } }))

test('tokens of all attempts count, and no attempt is left to one that used them up', () =>
  expect(
    failureOf([
      createWith({ a: { caps: { tokensMax: 15 }, retriesMax: 3 } }),
      failStep('a', 'timeout', { facts: factsWith() }),
    ]),
  ).toMatchObject({
    attempt: 1,
    reason: 'it was timeout; then its cap of 15 tokens was reached: 15 were used',
    limit: { name: 'tokens', max: 15, reached: 15 },
  }))

test('money is named exactly', () =>
  expect(
    failureOf([createWith({ a: { caps: { costNanoUsd: nanoUsd(1_000) } } }), ...thinking(1)]),
  ).toMatchObject({ reason: 'its cap of $0.000001 was reached: $0.000001 was spent' }))

test('an output that came with the last of it is delivered', () =>
  expect(
    after(createWith({ a: { caps: { tokensMax: 1 } } }), answer('a')).map(({ type }) => type),
  ).toContain('TaskSucceeded'))

test('a step whose time is up fails while its call runs, and the call is cancelled', () => {
  const events = after(
    createWith({ a: { caps: { durationMs: 5_000 } } }),
    checkTime(atMs(4_999)),
    checkTime(atMs(5_000)),
  )
  const failed = events.findIndex(({ type }) => type === 'StepFailed')
  expect(events[failed]?.data).toMatchObject({
    reason: 'its cap of 5 seconds was reached: it ran for 5 seconds',
  })
  const task = fold(events.slice(0, failed + 1))
  const event = events[failed]
  if (!event || task.status === 'unborn') throw new Error('it did not fail')
  expect(effectsOf(event, task)).toMatchObject([
    { kind: 'cancel-calls', callIds: ['call_1_a_1_1'] },
  ])
})

test("people's time is not the step's: its clock stands still while the task is paused", () => {
  const events = after(
    createWith({ a: { caps: { durationMs: 5_000 } } }),
    pause(atMs(1_000)),
    checkTime(atMs(60_000)),
    resume(atMs(61_000)),
    checkTime(atMs(64_999)),
  )
  expect(events.map(({ type }) => type)).not.toContain('StepFailed')
  const last = events.at(-1)
  const task = fold(events)
  if (!last || task.status === 'unborn') throw new Error('there is no task')
  expect(effectsOf(last, task)).toContainEqual(
    expect.objectContaining({ kind: 'check-step-time', dueAt: atMs(65_000) }),
  )
})

test('an attempt that calls tools without end is stopped', () =>
  expect(
    failureOf([
      createWith({ a: { retriesMax: 3 } }, { limits: { toolCallsMax: 2 } }),
      ...thinking(1),
      ...thinking(2),
    ]),
  ).toMatchObject({ limit: { name: 'tool-calls', max: 2, reached: 2 } }))

test('a task that makes more model calls, or gets more text, than it may is ended with the figures', () => {
  const calls = after(
    createWith({ a: [] }, { limits: { callsMax: 2 } }),
    ...thinking(1),
    ...thinking(2),
  )
  expect(calls.at(-1)).toMatchObject({
    type: 'TaskFailed',
    data: {
      reason: 'The limit of 2 model calls was reached: 2 were made.',
      limit: { name: 'model-calls', max: 2, reached: 2 },
    },
  })
  const bytes = after(createWith({ a: [] }, { limits: { answerBytesMax: 10 } }), ...thinking(1))
  expect(bytes.at(-1)).toMatchObject({ type: 'TaskFailed', data: { limit: { name: 'bytes' } } })
})

test('a step without caps has no clock and no observation', () => {
  const task = fold(after(createWith({ a: [] }), ...thinking(1)))
  const step: Step | undefined = task.status === 'unborn' ? undefined : task.steps[a]
  expect(Object.keys(step ?? {})).not.toContain('clock')
  expect(Object.keys(step ?? {})).not.toContain('observation')
})
