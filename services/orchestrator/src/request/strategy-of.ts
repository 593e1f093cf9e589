import { type CallStrategy, mergeStrategies } from '@maestro/contracts/llm/call-strategy'
import type { PlanAgent } from '@maestro/contracts/task/plan-agent'
import type { TaskOptions } from '@maestro/contracts/task/task-options'

/**
 * Who may answer a call: what a person said after a failure, over what its agent says, over what its
 * task says. The rest is the system's.
 */
export const strategyOf = (
  { providers, strategy }: Pick<TaskOptions, 'providers' | 'strategy'>,
  /** None while the plan is drafted. */
  agent: Pick<PlanAgent, 'strategy'> | undefined,
  told?: CallStrategy,
): CallStrategy =>
  mergeStrategies(told, agent?.strategy, providers.length > 0 ? { providers } : {}, strategy)
