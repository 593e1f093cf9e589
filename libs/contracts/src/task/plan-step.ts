import { z } from 'zod'
import { AgentId, StepId } from '../ids.ts'
import { CallStrategy } from '../llm/call-strategy.ts'
import { PayloadRef } from '../payload/payload-ref.ts'
import { ForEach, Repeat } from './expansion.ts'
import { OnFailure, OnIncomplete, StepPromise } from './plan-draft.ts'
import { StepMode } from './step-mode.ts'
import { StepCaps } from './step-caps.ts'

export const PlanStep = z.object({
  stepId: StepId,
  title: z.string(),
  agentId: AgentId,
  instruction: PayloadRef,
  needs: z.array(StepId),
  inputs: z.array(z.string()),
  promise: StepPromise,
  retriesMax: z.int(),
  onIncomplete: OnIncomplete.optional(),
  when: z.string().optional(),
  onFailure: OnFailure.optional(),
  caps: StepCaps.optional(),
  forEach: ForEach.optional(),
  repeat: Repeat.optional(),
  mode: StepMode.optional(),
  gate: z.literal(true).optional(),
  /** Over what its agent and its task say. */
  strategy: CallStrategy.optional(),
  get subPlan() {
    return SubPlan.optional()
  },
})
export type PlanStep = z.infer<typeof PlanStep>

/** The plan that a step holds. Ids in it are those of their names: what they become in the task is derived when it starts. */
export const SubPlan = z.object({
  get steps() {
    return z.array(PlanStep)
  },
  resultStepId: StepId,
})
export type SubPlan = z.infer<typeof SubPlan>
