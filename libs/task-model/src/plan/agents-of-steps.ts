import { type AgentId, roleOf, type StepId } from '@maestro/contracts/ids'
import { placeInPlan } from './place-of-step.ts'

export type WithAgent = {
  stepId: StepId
  agentId: AgentId
  /** The plan that it holds. */
  subPlan?: { steps: readonly WithAgent[] } | undefined
}

/** Whose the steps of a plan are, and those of the plans that they hold. `step`: its place in the plan, see `placeOfStep`. */
export const agentsOfSteps = (
  steps: readonly WithAgent[],
  holder: string | null = null,
): readonly { step: string; agent: string }[] =>
  steps.flatMap(({ stepId, agentId, subPlan }) => {
    const step = placeInPlan(stepId, holder)
    return [{ step, agent: roleOf(agentId) }, ...agentsOfSteps(subPlan?.steps ?? [], step)]
  })
