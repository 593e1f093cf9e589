import { expect, test } from 'vitest'
import { stepIdOf } from '@maestro/contracts/ids'
import { fold } from '../fold.ts'
import type { TaskCommand } from '../task-command.ts'
import { after, answer, answerTool, createWith } from '../testing/task-command-fixtures.ts'

const misfit = 'It does not fit the schema: total: expected number.'
const unfit = (turn: number): TaskCommand =>
  ({ ...answerTool('a', 't1', { turn }), misfit }) as TaskCommand
const taskAfter = (...commands: readonly TaskCommand[]) => {
  const task = fold(after(createWith({ a: { from: 'tool' } }), ...commands))
  if (task.status === 'unborn') throw new Error('the task is not born')
  return task
}
const asked = (turn: number) => answer('a', { tools: ['t1'], turn })

test('a tool’s answer that is not what was promised is asked for once more, with what is wrong with it', () => {
  const task = taskAfter(asked(1), unfit(1))
  const step = task.steps[stepIdOf('a')]
  expect(step?.status).toBe('running')
  expect(step?.turns.at(-1)).toMatchObject({ turn: 2, repair: misfit })
  expect(taskAfter(asked(1), unfit(1), asked(2), answerTool('a', 't1', { turn: 2 })).status).toBe(
    'succeeded',
  )
})

test('the second time it is a failure that says so', () => {
  const task = taskAfter(asked(1), unfit(1), asked(2), unfit(2))
  expect(task.failure).toContain(`also after one repair: ${misfit}`)
})
