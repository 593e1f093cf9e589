import {
  findReservation,
  getPrices,
  releaseBudget,
  reserveBudget,
  settleAttempts,
  settleBudget,
} from '@maestro/contracts/budget/budget-endpoints'
import type { BudgetRefusal } from '@maestro/contracts/budget/budget-refusal'
import {
  deleteBudget,
  getBudget,
  getBudgets,
  listBudgets,
  putBudget,
} from '@maestro/contracts/budget/limit-endpoints'
import { AppError } from '@maestro/contracts/errors'
import { nanoUsd } from '@maestro/contracts/money/nano-usd'
import type { Logger } from '@maestro/service-kit/logger'
import { implement, type Implementation } from '@maestro/service-kit/serve'
import type { z } from 'zod'
import type { Bookkeeper } from './booking/bookkeeper.ts'
import { holdingOf } from './booking/holding-of.ts'
import type { BudgetDesk } from './budgets/budget-desk.ts'
import type { BudgetViews } from './budgets/budget-views.ts'
import type { PriceBook } from './prices/price-book.ts'

export const budgetEndpoints = ({
  bookkeeper,
  budgets,
  desk,
  prices,
  log,
  now,
}: {
  bookkeeper: Bookkeeper
  budgets: BudgetViews
  desk: BudgetDesk
  prices: PriceBook
  log: Logger
  now: () => Date
}): readonly Implementation[] => {
  const settle = async ({
    attemptId,
    model,
    usage,
    sentAt,
  }: z.infer<typeof settleBudget.input>) => {
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
  }
  return [
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

    implement(settleBudget, settle),
    implement(settleAttempts, async ({ items }) => ({
      items: await Promise.all(
        items.map(async (item) => {
          if (item.kind === 'release') {
            await bookkeeper.release(item.attemptId)
            return {
              state: 'settled' as const,
              costNanoUsd: nanoUsd(0),
              overrunNanoUsd: nanoUsd(0),
            }
          }
          try {
            return { state: 'settled' as const, ...(await settle(item)) }
          } catch (error) {
            if (error instanceof AppError && error.code === 'NOT_FOUND')
              return { state: 'unknown' as const }
            throw error
          }
        }),
      ),
    })),

    implement(findReservation, async ({ attemptId }) => {
      const reservation = await bookkeeper.find(attemptId)
      if (reservation === undefined)
        throw new AppError('NOT_FOUND', { kind: 'reservation', attemptId })
      const { provider, model, held } = reservation
      return { provider, model, heldNanoUsd: nanoUsd(held.nanoUsd) }
    }),

    implement(releaseBudget, async ({ attemptId }) => {
      await bookkeeper.release(attemptId)
      return {}
    }),

    implement(getBudgets, async ({ taskId }) => ({ items: [...(await budgets.over(taskId))] })),
    implement(listBudgets, budgets.list),
    implement(getBudget, ({ budgetId }) => budgets.get(budgetId)),

    implement(putBudget, async (budget) => ({ level: await desk.put(budget) })),
    implement(deleteBudget, async ({ budgetId }) => {
      await desk.remove(budgetId)
      return {}
    }),

    implement(getPrices, () =>
      Promise.resolve({
        items: prices.all().map(({ rate, origin, validFrom, validUntil, source }) => ({
          rate,
          origin,
          validFrom: validFrom.toISOString(),
          validUntil: validUntil?.toISOString() ?? null,
          source,
        })),
      }),
    ),
  ]
}
