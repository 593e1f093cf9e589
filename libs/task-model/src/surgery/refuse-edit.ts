import { AppError } from '@maestro/contracts/errors'
import type { AgentId, StepId } from '@maestro/contracts/ids'
import type { EditRule } from '@maestro/contracts/task/plan-edit'
import type { PlanRule } from '../plan/plan-problem.ts'

export type EditRefusal = {
  /** Which of the edits, from 0; left out: what they lead to together. */
  edit?: number
  stepId?: StepId
  agentId?: AgentId
  rule: EditRule
  /** Of `breaks-plan` and `cycle`: which of the rules that hold while drafting. */
  planRule?: PlanRule
  reason: string
  /** What could be done instead. */
  allowed: readonly string[]
  /** Steps that can still be changed, the first of them. */
  changeable?: readonly StepId[]
}

/** @throws {AppError} `PLAN_EDIT_REFUSED`, with step and rule, and with what would be allowed. */
export const refuseEdit = (refusal: EditRefusal): never => {
  throw new AppError('PLAN_EDIT_REFUSED', refusal)
}
