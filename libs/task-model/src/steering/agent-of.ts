import type { AgentId } from '@maestro/contracts/ids'
import type { PlanAgent } from '@maestro/contracts/task/plan-agent'
import type { BornTask, Step } from '../task.ts'

/** Which version of an agent holds now: 1 is the plan's. */
export const agentVersionOf = ({ earlierAgents }: BornTask, agentId: AgentId): number =>
  (earlierAgents?.[agentId]?.length ?? 0) + 1

/** The agent of a step's present attempt: the version that the attempt began with. */
export const agentOf = (
  task: Pick<BornTask, 'agents' | 'earlierAgents'>,
  { agentId, agentVersion = 1, attempt }: Pick<Step, 'agentId' | 'agentVersion' | 'attempt'>,
): PlanAgent | undefined => {
  const now = task.agents[agentId]
  const earlier = task.earlierAgents?.[agentId]
  return attempt === 0 ? now : (earlier?.[agentVersion - 1] ?? now)
}
