import { stepIdOf } from '@maestro/contracts/ids'
import { fold } from '@maestro/task-model/fold'
import { retryStep } from '@maestro/task-model/testing/steering-command-fixtures'
import {
  after,
  answer,
  createWith,
  failStep,
  startRetry,
} from '@maestro/task-model/testing/task-command-fixtures'
import { refOf } from '@maestro/task-model/testing/task-fixtures'
import type { TaskCommand } from '@maestro/task-model/task-command'
import { expect, test } from 'vitest'
import { stepAttempts } from './step-attempts.ts'

const attemptsAfter = (...commands: readonly TaskCommand[]) => {
  const events = after(createWith({ a: { retriesMax: 2 }, b: ['a'] }), ...commands)
  const task = fold(events)
  if (task.status === 'unborn') throw new Error('it was born')
  return stepAttempts(
    events.filter(({ data }) => 'stepId' in data && data.stepId === stepIdOf('a')),
    task.steps[stepIdOf('a')]?.calls ?? [],
  )
}

test('an attempt says what came of it, or why it ended', () => {
  const [first, second] = attemptsAfter(
    failStep('a', 'internal'),
    startRetry('a', 1),
    answer('a', { attempt: 2, text: 'at last' }),
  )
  expect(first).toMatchObject({
    attempt: 1,
    end: 'retried',
    reason: 'it was internal',
    output: null,
  })
  expect(second).toMatchObject({
    attempt: 2,
    end: 'delivered',
    output: refOf('at last'),
    models: ['groq/small'],
    calls: 1,
  })
})

test('an attempt that a person begins anew keeps the last words of its agent', () => {
  const attempts = attemptsAfter(answer('a', { tools: ['t1'], text: 'I look' }), retryStep('a'))
  expect(attempts.map(({ end }) => end)).toEqual(['reset', 'running'])
  expect(attempts[0]).toMatchObject({ reason: 'once more', output: refOf('I look') })
  expect(attempts[1]).toMatchObject({ endedAtMs: null, output: null })
})
