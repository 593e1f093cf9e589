import { setTimeout as sleep } from 'node:timers/promises'
import { reserveBudget } from '@maestro/contracts/budget/budget-endpoints'
import { BudgetRefusal } from '@maestro/contracts/budget/budget-refusal'
import { refusalWords } from '@maestro/contracts/budget/refusal-words'
import { AppError } from '@maestro/contracts/errors'
import type { Rate } from '@maestro/contracts/money/cost-of'
import type { NanoUsd } from '@maestro/contracts/money/nano-usd'
import type { Call } from '@maestro/service-kit/call'
import type { z } from 'zod'

export type Reservation =
  | { kind: 'held'; heldNanoUsd: NanoUsd; rate: Rate }
  /** `price`: only this model is out of the question. `budget`: the call is. `defect`: we asked wrongly. */
  | {
      kind: 'refused'
      by: 'price' | 'budget' | 'defect'
      reason: string
      refusal: BudgetRefusal | null
    }
  /** The call was stopped, or its deadline is near; budget may hold a reservation all the same. */
  | { kind: 'gave-up'; reason: string; refusal: BudgetRefusal | null }

export type ReservationRequest = z.input<typeof reserveBudget.input>

const waitMsBase = 100
const waitMsMax = 2_000

/**
 * Holds money for one attempt (I6). Waits while other calls hold what is left and while budget is
 * away: without a reservation nothing is sent.
 */
export const reserve = async ({
  call,
  request,
  signal,
  deadlineMs,
}: {
  call: Call
  request: ReservationRequest
  signal: AbortSignal
  deadlineMs: number
}): Promise<Reservation> => {
  for (let waitMs = waitMsBase; ; waitMs = Math.min(waitMs * 2, waitMsMax)) {
    try {
      return { kind: 'held', ...(await call(reserveBudget, request)) }
    } catch (error) {
      const refusal = toRefusal(error)
      if (refusal !== null) return refusal
      const jitteredMs = waitMs / 2 + (Math.random() * waitMs) / 2
      if (signal.aborted || Date.now() + jitteredMs >= deadlineMs) {
        return gaveUp(error)
      }
      await sleep(jitteredMs, undefined, { signal }).catch(() => {})
      if (signal.aborted) return gaveUp(error)
    }
  }
}

/** Null: asking again may help. */
const toRefusal = (error: unknown): Reservation | null => {
  if (!(error instanceof AppError)) throw error
  switch (error.code) {
    case 'PRICE_UNKNOWN':
      return refused('price', error)
    case 'BUDGET_EXHAUSTED':
    case 'BUDGET_TOO_SMALL':
      return refused('budget', error)
    default:
      return error.retry ? null : refused('defect', error)
  }
}

const refused = (by: 'price' | 'budget' | 'defect', error: AppError): Reservation => ({
  kind: 'refused',
  by,
  reason: explain(error),
  refusal: refusalIn(error),
})

const gaveUp = (error: unknown): Reservation =>
  error instanceof AppError && error.code === 'BUDGET_IN_FLIGHT'
    ? { kind: 'gave-up', reason: explain(error), refusal: refusalIn(error) }
    : {
        kind: 'gave-up',
        reason: 'Budget does not answer, and nothing is sent without a reservation.',
        refusal: null,
      }

/** Budget says it as data too; an error of anything else has none. */
const refusalIn = ({ details }: AppError): BudgetRefusal | null =>
  BudgetRefusal.safeParse(details['refusal']).data ?? null

/** With the amounts and the end of the window, where a budget says them: people need them to decide what to do. */
const explain = (error: AppError): string => {
  const refusal = refusalIn(error)
  return (refusal === null ? null : refusalWords(refusal)) ?? modelWords(error)
}

const modelWords = ({ message, details: { model } }: AppError): string =>
  typeof model === 'string' ? `${message} (model ${model})` : message
