import { unbornTask } from '@maestro/task-model/task'
import type { Task } from '@maestro/task-model/task'
import { taskCan } from '@maestro/task-model/task-can'
import { expect, test } from 'vitest'
import { type TaskAction, whyNot } from './why-not.ts'

const actions: readonly TaskAction[] = ['pause', 'resume', 'step', 'cancel', 'decide']
const task = (status: string, stage: string) =>
  ({ status, stage, order: [], steps: {}, steppedIds: [] }) as unknown as Task
const states = [
  unbornTask,
  task('drafting', 'drafting'),
  task('awaiting-approval', 'approval'),
  task('running', 'execution'),
  task('paused', 'execution'),
  task('succeeded', 'ended'),
]

test('a button is open exactly when the rules allow its action', () => {
  for (const state of states)
    for (const action of actions)
      expect(whyNot(action, state, false) === null).toBe(taskCan[action](state))
})

test('nothing can be changed while looking at the past', () => {
  for (const action of actions)
    expect(whyNot(action, task('running', 'execution'), true)).toMatch(/Go live/)
})

test('an ended task says so, whatever is asked of it', () => {
  for (const action of actions)
    expect(whyNot(action, task('succeeded', 'ended'), false)).toBe('The task has ended')
})
