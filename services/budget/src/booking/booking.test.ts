import { draftCallIdOf, StepId, stepCallIdOf, TaskId } from '@maestro/contracts/ids'
import { expect, test } from 'vitest'
import { purposeOf } from './booking.ts'

const taskId = TaskId.parse('task_1')

test('the id of a call says what it is for', () => {
  expect(purposeOf(stepCallIdOf(taskId, StepId.parse('step_draft'), 1, 2))).toBe('step')
  expect(purposeOf(draftCallIdOf(taskId, 1, 'planner', 1))).toBe('plan')
  expect(purposeOf(draftCallIdOf(taskId, 2, 'agent-observer', 1))).toBe('judge-agents')
  expect(purposeOf(draftCallIdOf(taskId, 2, 'plan-observer', 1))).toBe('judge-plan')
})

test('an id of another shape says nothing', () => {
  expect(purposeOf('call_1_what')).toBeNull()
})
