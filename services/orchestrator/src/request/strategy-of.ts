import { type CallStrategy, mergeStrategies } from '@maestro/contracts/llm/call-strategy'
import type { BornTask } from '@maestro/task-model/task'
import type { CallPlace } from '@maestro/task-model/task-command'

/** Who may answer a call: what its agent says over what its task says. The rest is the system's. */
export const strategyOf = (task: BornTask, { stepId }: CallPlace): CallStrategy => {
  const agentId = stepId === null ? undefined : task.steps[stepId]?.agentId
  const agent = agentId === undefined ? undefined : task.agents[agentId]
  const { providers, strategy } = task.options
  return mergeStrategies(agent?.strategy, providers.length > 0 ? { providers } : {}, strategy)
}
