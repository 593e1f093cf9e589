import { alertPercents, type BudgetEventType } from '@maestro/contracts/budget/budget-events'
import type { Fact } from '@maestro/service-kit/append-facts'
import { type Level, toBudgetLevel } from './level.ts'

/** Shares of the limit that the spending has reached and that nobody was told of yet in this window. */
const newPercentsOf = (level: Level): readonly number[] => {
  if (level.settledNanoUsd === 0) return []
  // Hundred times the money may lie beyond 2^53.
  const settled = BigInt(level.settledNanoUsd) * 100n
  return alertPercents.filter(
    (percent) =>
      percent > level.alertedPercent && settled >= BigInt(level.limitNanoUsd) * BigInt(percent),
  )
}

/** What people are told about a level as it is now, and the level that remembers it: each thing once per window. */
export const tellOf = (level: Level, at: Date): { level: Level; facts: readonly Fact[] } => {
  const factOf = (type: BudgetEventType, data: Record<string, unknown>): Fact => ({
    kind: 'budget',
    id: level.id,
    type,
    data: { ...data, level: toBudgetLevel(level) },
    at,
  })
  const percents = newPercentsOf(level)
  const isReached =
    level.hasRefused || (level.settledNanoUsd > 0 && level.settledNanoUsd >= level.limitNanoUsd)
  return {
    level: {
      ...level,
      alertedPercent: Math.max(level.alertedPercent, ...percents),
      limitTold: level.limitTold || isReached,
      hasRefused: false,
    },
    facts: [
      ...percents.map((percent) => factOf('BudgetAlertRaised', { percent })),
      ...(isReached && !level.limitTold ? [factOf('LimitReached', {})] : []),
    ],
  }
}
