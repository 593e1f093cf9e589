import { type Budget, BudgetId, globalBudgetId } from '@maestro/contracts/budget/budget'
import { putBudget } from '@maestro/contracts/budget/limit-endpoints'
import type { Call } from '@maestro/service-kit/call'
import { ownersCount, ownersOf } from './routed-calls.ts'

/** A limit over everything and one for each user, task and agent: no call is spared any of the four levels. */
export const putBudgets = async (call: Call): Promise<void> => {
  const rules = {
    unit: 'nano-usd',
    period: 'monthly',
    timeZone: 'UTC',
    limit: 9_000_000_000_000_000,
    action: 'refuse',
    alertPercents: [50, 100],
  } as const satisfies Partial<Budget>
  await call(putBudget, { ...rules, budgetId: globalBudgetId, scope: 'global', id: 'global' })
  const owners = new Map<string, Budget['scope']>()
  for (let number = 0; number < ownersCount; number += 1) {
    const { userId, taskId, agentId } = ownersOf(number)
    owners.set(userId, 'user').set(taskId, 'task').set(agentId, 'agent')
  }
  for (const [id, scope] of owners) {
    const budgetId = BudgetId.parse(`bdg_bench-${scope}-${id.replaceAll('_', '-')}`)
    await call(putBudget, { ...rules, budgetId, scope, id })
  }
}
