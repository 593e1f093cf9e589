import type { AgentId } from '@maestro/contracts/ids'
import type { Step } from '../task.ts'

/** The step is done, or judged in its rounds, by this agent. */
export const takesPart = (
  { agentId: own, mode }: Pick<Step, 'agentId' | 'mode'>,
  agentId: AgentId,
): boolean => own === agentId || (mode?.kind === 'collaborative' && mode.agentIds.includes(agentId))
