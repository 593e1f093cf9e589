import type { AgentId } from '@maestro/contracts/ids'
import type { BornTask, Step } from '../task.ts'

/**
 * Whether a step may begin beside those of its agent that are at work; each yes takes a place. Where agents
 * take turns on one step, it counts for the agent whose step it is.
 */
export const placesOfAgents = (task: BornTask): ((step: Step) => boolean) => {
  const free = new Map<AgentId, number>()
  return ({ agentId }) => {
    const most = task.agents[agentId]?.parallelMax
    if (most === undefined) return true
    const left = free.get(agentId) ?? most - atWork(agentId, task)
    free.set(agentId, left - 1)
    return left > 0
  }
}

const atWork = (agentId: AgentId, { steps }: BornTask): number =>
  Object.values<Step>(steps).filter((step) => step.agentId === agentId && step.phase !== null)
    .length
