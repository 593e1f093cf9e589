import { TaskId } from '@maestro/contracts/ids'
import { PlanEditDraft } from '@maestro/contracts/task/plan-edit'
import { expect, test } from 'vitest'
import { editsFromDrafts } from './edits-from-drafts.ts'

const step = (name: string, more: object = {}) => ({
  name,
  title: name,
  agent: 'writer',
  instruction: 'Do it.',
  promise: { description: 'A text.', format: 'markdown' },
  ...more,
})

test('a plan in an inserted step that does not say which step delivers is refused with its place', () => {
  const inner = step('inner', { subPlan: { steps: [step('one'), step('two')] } })
  const outer = step('outer', { subPlan: { steps: [inner] } })
  const edit = PlanEditDraft.parse({ kind: 'insert-step', step: outer })
  expect(() => editsFromDrafts(TaskId.parse('task_1'), [edit], [])).toThrow(
    expect.objectContaining({
      code: 'PLAN_EDIT_REFUSED',
      details: expect.objectContaining({ edit: 0, stepId: 'step_inner', rule: 'breaks-plan' }),
    }),
  )
})
