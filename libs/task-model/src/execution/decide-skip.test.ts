import { expect, test } from 'vitest'
import { stepIdOf } from '@maestro/contracts/ids'
import { fold } from '../fold.ts'
import { canSkip } from '../task-can.ts'
import {
  after,
  answer,
  cancel,
  create,
  createWith,
  failStep,
  pause,
  skip,
} from '../testing/task-command-fixtures.ts'
import { retryStep } from '../testing/steering-command-fixtures.ts'
import { skipped, started, taskFailed } from '../testing/task-fact-fixtures.ts'
import { given } from '../testing/task-spec.ts'

const plan = { a: [], b: [], c: ['b'], d: ['a', 'c'] }
const why = 'we know that already'

test('a person leaves out a step that has not begun, and what needs more than that goes on', () => {
  given(...after(createWith(plan)))
    .when(skip('c', why))
    .yields(skipped('c', why))
  const task = fold(after(createWith(plan), skip('c', why), answer('a'), answer('b'), answer('d')))
  expect(task.status).toBe('succeeded')
})

test('what needs nothing else is left out with it', () =>
  given(...after(createWith({ a: [], b: ['a'], c: ['b'], d: ['a', 'c'] })))
    .when(skip('b', why))
    .yields(skipped('b', why), skipped('c', 'all that it needs was skipped')))

test('a place that it waited for is free for the next', () => {
  const narrow = createWith({ a: [], b: [], c: [] }, { limits: { stepsParallelMax: 1 } })
  given(...after(narrow, skip('b', why)))
    .when(answer('a'))
    .yields(expect.anything(), expect.anything(), started('c'))
})

test('a step that a person is asked about is left out with what it needs, and nobody is asked any more', () => {
  const gated = createWith({ a: { onFailure: 'go-on' }, b: { needs: ['a'], gate: true } })
  // Asked of b while a had failed; then a was begun anew.
  const events = after(gated, failStep('a', 'invalid_request'), pause(), retryStep('a'))
  given(...events)
    .when(skip('a', why))
    .yields(
      skipped('a', why),
      skipped('b', 'all that it needs was skipped'),
      expect.objectContaining({ type: 'ApprovalWithdrawn' }),
      expect.objectContaining({ type: 'TaskFailed' }),
    )
})

test('without the step that delivers it there is no result', () =>
  expect(after(createWith({ a: [], b: ['a'] }), skip('b', why), answer('a')).at(-1)).toMatchObject(
    taskFailed(`There is no result: step "B" was skipped: ${why}.`, 'b'),
  ))

test('it may be done while the task is paused, and twice is once', () => {
  given(...after(createWith(plan), pause()))
    .when(skip('c', why))
    .yields(skipped('c', why))
  given(...after(createWith(plan), skip('c', why)))
    .when(skip('c', 'another reason'))
    .yields()
})

test('a step that runs, has ended, or is not there cannot be left out', () => {
  const events = after(createWith(plan), answer('a'))
  given(...events)
    .when(skip('b', why))
    .rejects('STEP_NOT_SKIPPABLE', { status: 'running' })
  given(...events)
    .when(skip('a', why))
    .rejects('STEP_NOT_SKIPPABLE', { status: 'done' })
  given(...events)
    .when(skip('x', why))
    .rejects('NOT_FOUND')
  given(...after(createWith(plan), cancel()))
    .when(skip('c', why))
    .rejects('TASK_ENDED')
  given(...after(create()))
    .when(skip('c', why))
    .rejects('NOT_FOUND')
})

test('the console is told the same as the rules say', () => {
  const task = fold(after(createWith(plan), failStep('a', 'timeout')))
  if (task.status === 'unborn') throw new Error('no task')
  const can = (name: string) => {
    const step = task.steps[stepIdOf(name)]
    return step !== undefined && canSkip(task, step)
  }
  expect([can('a'), can('b'), can('c')]).toEqual([false, false, true])
})
