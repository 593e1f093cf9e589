import { fold } from '@maestro/task-model/fold'
import { after, cancel, create } from '@maestro/task-model/testing/task-command-fixtures'
import { expect, test } from 'vitest'
import { viewFor } from './view-for.ts'
import { whyNoPlan } from './why-no-plan.ts'

test('a task that was cancelled before it had a plan says so, and is no failure to load one', () => {
  const task = fold(after(create(), cancel()))
  expect(viewFor(task)).toBe('graph')
  expect(whyNoPlan(task).title).toBe('It was cancelled before it had a plan')
})

test('while it is drafted the draft is opened, and the place of the plan says what comes', () => {
  const task = fold(after(create()))
  expect(viewFor(task)).toBe('draft')
  expect(whyNoPlan(task).title).toBe('No plan yet')
})
