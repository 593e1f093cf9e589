import type { BudgetUnit } from '@maestro/contracts/budget/budget-refusal'
import { nanoUsd, nanoUsdToText } from '@maestro/contracts/money/nano-usd'

/** An amount in its unit, for people. */
export const amountText = (amount: number, unit: BudgetUnit): string =>
  unit === 'tokens' ? `${amount} tokens` : `$${nanoUsdToText(nanoUsd(amount))}`
