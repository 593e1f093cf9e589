import { stepIdOf } from '@maestro/contracts/ids'
import { fold } from '@maestro/task-model/fold'
import { after, createWith, skip } from '@maestro/task-model/testing/task-command-fixtures'
import type { Step, Task } from '@maestro/task-model/task'
import { expect, test } from 'vitest'
import { skipOf } from './skip-of.ts'

const born = (task: Task) => {
  if (task.status === 'unborn') throw new Error('the task is not born')
  return task
}
const skippedIn = (task: Task) =>
  Object.values<Step>(born(task).steps)
    .filter(({ status }) => status === 'skipped')
    .map(({ stepId }) => stepId)
    .toSorted()

test('what is shown before a step is left out is what the engine then does', () => {
  const plans = [
    { a: [], b: ['a'], c: ['b'], d: ['a', 'c'] },
    { a: [], b: ['a'], c: ['b'], d: ['c'], e: ['d', 'b'], f: ['a', 'e'] },
    { a: [], b: ['a'], c: ['b'], d: ['b', 'c'] },
  ]
  for (const plan of plans) {
    const shown = skipOf(born(fold(after(createWith(plan)))), stepIdOf('b'))
    const done = fold(after(createWith(plan), skip('b', 'we know that')))
    expect(shown.skipped.map(({ stepId }) => stepId).toSorted()).toEqual(skippedIn(done))
  }
})

test('it says what goes on without it, and that the result is lost', () => {
  const task = born(fold(after(createWith({ a: [], b: ['a'], c: ['b'], d: ['a', 'c'] }))))
  const { skipped, without, losesResult } = skipOf(task, stepIdOf('b'))
  expect(skipped.map(({ stepId }) => stepId)).toEqual(['step_b', 'step_c'])
  expect(without.map(({ stepId }) => stepId)).toEqual(['step_d'])
  expect(losesResult).toBe(false)
  expect(skipOf(task, stepIdOf('d')).losesResult).toBe(true)
})
