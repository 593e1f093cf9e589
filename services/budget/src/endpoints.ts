import {
  getBudgets,
  getPrices,
  releaseBudget,
  reserveBudget,
  setGlobalLimit,
  settleBudget,
} from '@maestro/contracts/budget/budget-endpoints'
import type { BudgetRefusal } from '@maestro/contracts/budget/budget-refusal'
import { AppError } from '@maestro/contracts/errors'
import type { Logger } from '@maestro/service-kit/logger'
import { implement, type Implementation } from '@maestro/service-kit/serve'
import type { Bookkeeper } from './booking/bookkeeper.ts'
import { holdingOf } from './booking/holding-of.ts'
import type { BudgetViews } from './budgets/budget-views.ts'
import type { PriceBook } from './prices/price-book.ts'

export const budgetEndpoints = ({
  bookkeeper,
  budgets,
  prices,
  log,
  now,
}: {
  bookkeeper: Bookkeeper
  budgets: BudgetViews
  prices: PriceBook
  log: Logger
  now: () => Date
}): readonly Implementation[] => [
  implement(
    reserveBudget,
    ({ taskLimitNanoUsd, inputBytes, outputTokensMax, leaseMs, ...input }) => {
      const { provider, model } = input
      const at = now()
      const asked = prices.priceAt(provider, model, at)
      if (asked === null) {
        const refusal: BudgetRefusal = {
          code: 'PRICE_UNKNOWN',
          budget: null,
          until: null,
          retryAfterMs: null,
        }
        throw new AppError('PRICE_UNKNOWN', { provider, model, refusal })
      }
      // A price that changes while the attempt runs is billed from the moment of sending.
      const until = new Date(at.getTime() + leaseMs)
      const holding = holdingOf(
        { inputBytes, outputTokensMax },
        prices.pricesWithin(provider, model, at, until),
      )
      return bookkeeper.reserve({
        attempt: { ...input, rate: asked.rate },
        taskLimitNanoUsd,
        holding,
        leaseMs,
      })
    },
  ),

  implement(settleBudget, async ({ attemptId, model, usage, sentAt }) => {
    const settled = await bookkeeper.settle({
      attemptId,
      // What a provider calls its model comes from outside; Postgres takes no zero bytes in a text.
      model: model.replaceAll('\0', ''),
      usage,
      sentAt: new Date(sentAt),
    })
    if (settled.overrunNanoUsd > 0)
      log.warn({ attemptId, model, ...settled }, 'a bill went beyond its reservation')
    return settled
  }),

  implement(releaseBudget, async ({ attemptId }) => {
    await bookkeeper.release(attemptId)
    return {}
  }),

  implement(getBudgets, async ({ taskId }) => ({ items: [...(await budgets.levelsOf(taskId))] })),

  implement(setGlobalLimit, async (next) => ({ level: await budgets.setGlobalLimit(next) })),

  implement(getPrices, () =>
    Promise.resolve({
      items: prices.all().map(({ rate, validFrom, validUntil, source }) => ({
        rate,
        validFrom: validFrom.toISOString(),
        validUntil: validUntil?.toISOString() ?? null,
        source,
      })),
    }),
  ),
]
