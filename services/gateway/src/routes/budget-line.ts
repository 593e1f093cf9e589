import type { BudgetLevel } from '@maestro/contracts/budget/budget'
import type { BudgetUnit } from '@maestro/contracts/budget/budget-refusal'
import type { Projection } from '@maestro/contracts/budget/limit-endpoints'
import type { BudgetLine, ProjectionLine } from '@maestro/contracts/gateway/routes/budget-routes'
import { nanoUsd, nanoUsdToText } from '@maestro/contracts/money/nano-usd'

const usd = (amount: number) => nanoUsdToText(nanoUsd(amount))

/** A budget as it shows outside: money as decimal text, tokens as whole numbers. */
export const budgetLineOf = ({
  unit,
  limit,
  settled,
  reserved,
  ...level
}: BudgetLevel): BudgetLine =>
  unit === 'tokens'
    ? { ...level, unit, limitTokens: limit, settledTokens: settled, reservedTokens: reserved }
    : {
        ...level,
        unit: 'usd',
        limitUsd: usd(limit),
        settledUsd: usd(settled),
        reservedUsd: usd(reserved),
      }

export const projectionLineOf = (
  unit: BudgetUnit,
  { recent, perDay, settledAtEnd, ...projection }: Projection,
): ProjectionLine =>
  unit === 'tokens'
    ? {
        ...projection,
        unit,
        recentTokens: recent,
        perDayTokens: perDay,
        settledAtEndTokens: settledAtEnd,
      }
    : {
        ...projection,
        unit: 'usd',
        recentUsd: usd(recent),
        perDayUsd: usd(perDay),
        settledAtEndUsd: settledAtEnd === null ? null : usd(settledAtEnd),
      }
