import { expect, test } from 'vitest'
import { milestoneOf } from './milestone-of.ts'

test.each([
  ['TaskStarted', {}, 'plan-approved'],
  ['AgentModified', {}, 'human-edit'],
  ['PlanProposed', { author: 'person', version: 2 }, 'human-edit'],
  ['PlanProposed', { author: 'person', version: 1 }, null],
  ['PlanProposed', { author: 'planner' }, null],
  ['StepReset', { because: 'rerun' }, 'rerun'],
  ['StepReset', { because: 'retry' }, null],
  ['StepStarted', {}, null],
])('%s with %o is %s', (type, data, milestone) => {
  expect(milestoneOf({ type: `maestro.${type}`, data })).toBe(milestone)
})
