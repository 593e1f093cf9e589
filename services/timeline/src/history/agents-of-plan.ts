import type { CloudEvent } from '@maestro/contracts/bus/cloud-event'
import { AgentId, roleOf, StepId } from '@maestro/contracts/ids'
import { z } from 'zod'
import { placeInPlan } from './place-of-step.ts'

const WithAgent = z.object({
  stepId: StepId,
  agentId: AgentId,
  /** The plan that it holds. */
  get subPlan() {
    return z.object({ steps: z.array(WithAgent) }).optional()
  },
})
type WithAgent = z.infer<typeof WithAgent>

/** An event that gives steps to agents, whatever its kind: a plan that was proposed, or one that was edited. */
const WithSteps = z.object({ steps: z.array(WithAgent).min(1) })

/** `step`: its place in the plan, see `placeOfStep`. */
export type StepAgent = { taskId: string; seq: number; step: string; agent: string }

/** Whose the steps of a plan are, and those of the plans that they hold. */
export const agentsOfSteps = (
  steps: readonly WithAgent[],
  holder: string | null = null,
): readonly Pick<StepAgent, 'step' | 'agent'>[] =>
  steps.flatMap(({ stepId, agentId, subPlan }) => {
    const step = placeInPlan(stepId, holder)
    return [{ step, agent: roleOf(agentId) }, ...agentsOfSteps(subPlan?.steps ?? [], step)]
  })

/** Whose these steps are, as these events say; the newest word on each, in whatever order they come. */
export const agentsOfPlans = (events: readonly CloudEvent[]): readonly StepAgent[] => {
  const found = new Map<string, StepAgent>()
  for (const { subject, seq, data } of events) {
    if (!Array.isArray(data['steps'])) continue
    for (const one of agentsOfSteps(WithSteps.safeParse(data).data?.steps ?? [])) {
      const key = `${subject} ${one.step}`
      const known = found.get(key)
      if (!known || known.seq <= seq) found.set(key, { taskId: subject, seq, ...one })
    }
  }
  return [...found.values()]
}
