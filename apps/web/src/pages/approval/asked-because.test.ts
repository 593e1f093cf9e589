import { fold } from '@maestro/task-model/fold'
import type { Approval } from '@maestro/task-model/task'
import {
  after,
  answer,
  create,
  createWith,
  draftRound,
} from '@maestro/task-model/testing/task-command-fixtures'
import type { TaskCommand } from '@maestro/task-model/task-command'
import { optionsWith } from '@maestro/task-model/testing/task-fixtures'
import { expect, test } from 'vitest'
import { askedBecause } from './asked-because.ts'

const reasonIn = (...commands: readonly TaskCommand[]) => {
  const task = fold(after(...commands))
  if (task.status === 'unborn') throw new Error('the task is not born')
  const asked = Object.values<Approval>(task.approvals).find(({ status }) => status === 'open')
  if (asked === undefined) throw new Error('nothing is asked')
  return askedBecause(asked, task)
}

test('a question says by which rule of its task it is asked', () => {
  const options = optionsWith({ autonomy: 'approve-plan' })
  expect(reasonIn(create({ options }), ...draftRound(1, 'approve', 0.9))).toBe(
    'This task asks before it runs a plan',
  )
  expect(reasonIn(createWith({ a: { gate: true } }))).toBe('The plan asks before this step')
  expect(reasonIn(createWith({ a: [] }, { autonomy: 'approve-steps' }))).toMatch(
    /^This task asks before/,
  )
  expect(
    reasonIn(
      createWith({ a: [] }, { gates: { tools: ['read_input'] } }),
      answer('a', { tools: ['t1'] }),
    ),
  ).toBe('This task asks before each use of read_input')
})
