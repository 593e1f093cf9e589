import type { BudgetEventType } from '@maestro/contracts/budget/budget-events'
import type { Fact } from '@maestro/service-kit/append-facts'
import { type Level, percentsReached, toBudgetLevel } from './level.ts'

export const factOf = (
  level: Level,
  type: BudgetEventType,
  data: Record<string, unknown>,
  at: Date,
): Fact => ({
  kind: 'budget',
  id: level.budgetId,
  type,
  data: { ...data, level: toBudgetLevel(level) },
  at,
})

/** What people are told about a level as it is now, and the level that remembers it: each thing once per window and limit. */
export const tellOf = (level: Level, at: Date): { level: Level; facts: readonly Fact[] } => {
  const percents = percentsReached(level).filter((percent) => percent > level.alertedPercent)
  const isReached = level.isWanting || (level.settled > 0 && level.settled >= level.limit)
  return {
    level: {
      ...level,
      alertedPercent: Math.max(level.alertedPercent, ...percents),
      limitTold: level.limitTold || isReached,
      isWanting: false,
    },
    facts: [
      ...percents.map((percent) => factOf(level, 'BudgetAlertRaised', { percent }, at)),
      ...(isReached && !level.limitTold ? [factOf(level, 'LimitReached', {}, at)] : []),
    ],
  }
}
