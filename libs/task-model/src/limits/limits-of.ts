import { runawayLimits } from '@maestro/contracts/task/task-options'
import type { BornTask } from '../task.ts'

/** What stops a runaway: what the task says, else what holds for all. */
export const limitsOf = ({ options: { limits } }: Pick<BornTask, 'options'>) => ({
  toolCallsMax: limits.toolCallsMax ?? runawayLimits.toolCallsMax,
  callsMax: limits.callsMax ?? runawayLimits.callsMax,
  answerBytesMax: limits.answerBytesMax ?? runawayLimits.answerBytesMax,
  depthMax: limits.depthMax ?? runawayLimits.depthMax,
  fanOutMax: limits.fanOutMax ?? runawayLimits.fanOutMax,
})
