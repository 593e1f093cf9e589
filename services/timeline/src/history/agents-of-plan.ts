import type { CloudEvent } from '@maestro/contracts/bus/cloud-event'
import { AgentId, StepId } from '@maestro/contracts/ids'
import { agentsOfSteps } from '@maestro/task-model/plan/agents-of-steps'
import { z } from 'zod'

const WithAgent = z.object({
  stepId: StepId,
  agentId: AgentId,
  /** The plan that it holds. */
  get subPlan() {
    return z.object({ steps: z.array(WithAgent) }).optional()
  },
})

/** An event that gives steps to agents, whatever its kind: a plan that was proposed, or one that was edited. */
const WithSteps = z.object({ steps: z.array(WithAgent).min(1) })

/** `step`: its place in the plan, see `placeOfStep`. */
export type StepAgent = { taskId: string; seq: number; step: string; agent: string }

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
