import type { AgentId } from '@maestro/contracts/ids'
import type { PlanAgent } from '@maestro/contracts/task/plan-agent'
import type { BornTask, Step } from '../task.ts'

/** Versions of one agent: each stands in the state for as long as the task. */
export const agentVersionsMax = 50

/** Which version of an agent holds now: 1 is the plan's. */
export const agentVersionOf = (
  { earlierAgents }: Pick<BornTask, 'earlierAgents'>,
  agentId: AgentId,
): number => (earlierAgents?.[agentId]?.length ?? 0) + 1

/** Of those who take part in a step, the versions that hold now and are not the plan's: what an attempt begins with, it keeps. */
export const versionsOfAttempt = (
  task: BornTask,
  { agentId, mode }: Pick<Step, 'agentId' | 'mode'>,
): Pick<Step, 'agentVersion' | 'reviewerVersions'> => {
  const own = agentVersionOf(task, agentId)
  const reviewers = (mode?.kind === 'collaborative' ? mode.agentIds : []).flatMap(
    (reviewer): [AgentId, number][] => {
      const version = agentVersionOf(task, reviewer)
      return version > 1 ? [[reviewer, version]] : []
    },
  )
  return {
    ...(own > 1 && { agentVersion: own }),
    ...(reviewers.length > 0 && { reviewerVersions: Object.fromEntries(reviewers) }),
  }
}

/** With which version this agent takes part in a step's present attempt. */
export const versionInAttempt = (
  { agentId: own, agentVersion, reviewerVersions }: AttemptOf,
  agentId: AgentId = own,
): number | undefined => (agentId === own ? agentVersion : reviewerVersions?.[agentId])

type AttemptOf = Pick<Step, 'agentId' | 'agentVersion' | 'reviewerVersions'>

/** Who takes part in a step's present attempt, its own agent unless another one is named: the version that the attempt began with. */
export const agentOf = (
  task: Pick<BornTask, 'agents' | 'earlierAgents'>,
  step: AttemptOf & Pick<Step, 'attempt'>,
  agentId: AgentId = step.agentId,
): PlanAgent | undefined => {
  const now = task.agents[agentId]
  const earlier = task.earlierAgents?.[agentId]
  if (step.attempt === 0) return now
  return earlier?.[(versionInAttempt(step, agentId) ?? 1) - 1] ?? now
}
