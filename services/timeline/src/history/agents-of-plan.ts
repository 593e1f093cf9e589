import type { CloudEvent } from '@maestro/contracts/bus/cloud-event'
import { AgentId, nameOfStep, roleOf, StepId } from '@maestro/contracts/ids'
import { z } from 'zod'

/** An event that gives steps to agents, whatever its kind: a plan that was proposed, or one that was edited. */
const WithSteps = z.object({
  steps: z.array(z.object({ stepId: StepId, agentId: AgentId })).min(1),
})

export type StepAgent = { taskId: string; step: string; agent: string }

/** Whose steps these are, as these events say; the newest word on each. */
export const agentsOfPlans = (events: readonly CloudEvent[]): readonly StepAgent[] => {
  const found = new Map<string, StepAgent>()
  for (const { subject, data } of events) {
    if (!Array.isArray(data['steps'])) continue
    for (const { stepId, agentId } of WithSteps.safeParse(data).data?.steps ?? []) {
      const step = nameOfStep(stepId)
      found.set(`${subject} ${step}`, { taskId: subject, step, agent: roleOf(agentId) })
    }
  }
  return [...found.values()]
}
