import type { TaskCommand } from '../task-command.ts'
import type { PlanEdit } from '../surgery/plan-edit.ts'
import { ada, atMs, planOf, refOf, toolPlace } from './task-fixtures.ts'

const byPerson = () => ({ at: atMs(1_000), actor: ada })

export const knownTools = ['read_input', 'send_mail', 'ask_person']

export const editPlan = (
  edits: readonly PlanEdit[],
  { baseVersion = 1, reason = 'better so' } = {},
): TaskCommand => ({
  type: 'EditPlan',
  baseVersion,
  edits,
  reason,
  document: refOf('edits'),
  tools: knownTools,
  ...byPerson(),
})

export const undoEdit = (baseVersion: number, restore: number | null = null): TaskCommand => ({
  type: 'UndoPlanEdit',
  baseVersion,
  restore,
  reason: 'it was better before',
  document: refOf('undo'),
  ...byPerson(),
})

type NewStep = Parameters<typeof planOf>[0][string]

/** A step as a plan would have it. */
export const newStep = (name: string, step: NewStep = []) => {
  const [made] = planOf({ [name]: step }).steps
  if (made === undefined) throw new Error('a plan of one step has one')
  return made
}

export const insert = (name: string, step: NewStep = []): PlanEdit => ({
  kind: 'insert-step',
  step: newStep(name, step),
})

export const remove = (name: string, reconnect = false): PlanEdit => ({
  kind: 'remove-step',
  stepId: toolPlace(name).stepId,
  reconnect,
})

export const rewire = (name: string, needs: readonly string[]): PlanEdit => ({
  kind: 'rewire',
  stepId: toolPlace(name).stepId,
  needs: needs.map((need) => toolPlace(need).stepId),
})
