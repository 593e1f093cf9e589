import { roleOf } from '../ids.ts'
import { stepsOfTaskMax } from '../task/expansion.ts'
import type { PlanAgent } from '../task/plan-agent.ts'
import type { StepDraft } from '../task/plan-draft.ts'
import type { PlanStep } from '../task/plan-step.ts'
import type { PlannedWork } from './estimate-endpoints.ts'

/** How often a step may run at most: once for each item, and for each of those again and again. */
export const timesMaxOf = ({ forEach, repeat }: Pick<StepDraft, 'forEach' | 'repeat'>): number =>
  Math.min((forEach?.itemsMax ?? 1) * (repeat?.timesMax ?? 1), stepsOfTaskMax)

/** What of a version of a plan its price depends on. */
export const plannedWorkOf = ({
  agents,
  steps,
}: {
  readonly agents: readonly PlanAgent[]
  readonly steps: readonly PlanStep[]
}): PlannedWork => {
  const nameOf = new Map(agents.map(({ agentId, name }) => [agentId, name]))
  return {
    agents: agents.map(({ name, strategy }) => ({ name, strategy })),
    steps: steps.map((step) => ({
      step: step.stepId,
      agent: nameOf.get(step.agentId) ?? roleOf(step.agentId),
      retriesMax: step.retriesMax,
      timesMax: timesMaxOf(step),
    })),
  }
}
