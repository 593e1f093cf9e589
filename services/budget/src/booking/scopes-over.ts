import type { ScopeKey } from '../budgets/level-rows.ts'
import type { Attempt } from './reservation.ts'

/** Whose spending a call is. */
export type Who = Pick<Attempt, 'userId' | 'taskId' | 'agentId'>

/** Everything that may have budgets over a call, in the order in which they are asked. */
export const scopesOver = ({ userId, taskId, agentId }: Who): readonly ScopeKey[] => [
  { scope: 'global', id: 'global' },
  { scope: 'user', id: userId },
  { scope: 'task', id: taskId },
  ...(agentId === null ? [] : [{ scope: 'agent', id: agentId } as const]),
]
