import { setTimeout as sleep } from 'node:timers/promises'
import { releaseBudget, settleBudget } from '@maestro/contracts/budget/budget-endpoints'
import { AppError } from '@maestro/contracts/errors'
import { createBatcher } from '@maestro/service-kit/batcher'
import type { Call } from '@maestro/service-kit/call'
import type { Sql } from '@maestro/service-kit/database'
import type { Logger } from '@maestro/service-kit/logger'
import { createOutageLog } from '@maestro/service-kit/outage-log'
import type { Settlement } from './settlement.ts'
import { markSettled, type SettledFacts, takeDueSettlements } from './settlement-store.ts'

const sweepEveryMs = 1_000
/** Settlements that one sweep takes up: more would be due again before they were all sent. */
const sweepItemsMax = 256
/** How long a stopping worker waits for budget. */
const stopMsMax = 500
/** Requests to budget at once; it decides together what arrives together. */
const inFlightMax = 64
const markedPerBatchMax = 256

/** Brings every settlement to budget, however long budget is away. */
export type Settler = {
  /** Sends one that was just written; if that fails, the sweep will. */
  send: (settlement: Settlement) => void
  /** Takes up what is due, at once instead of at the next second. */
  sweep: () => Promise<void>
  stop: () => Promise<void>
}

export const createSettler = ({
  sql,
  call,
  log,
}: {
  sql: Sql
  call: Call
  log: Logger
}): Settler => {
  const inFlight = new Set<Promise<unknown>>()
  const marks = createBatcher<SettledFacts, void>({
    itemsMax: markedPerBatchMax,
    run: async (items) => {
      await markSettled(sql, items)
      return items.map(() => undefined)
    },
  })
  const budgetOutage = createOutageLog({
    log,
    away: 'settlements wait',
    back: 'settlements go on',
  })
  const sweepOutage = createOutageLog({
    log,
    away: 'the sweep of settlements tries again',
    back: 'the sweep of settlements goes on',
  })

  const settle = async (settlement: Settlement): Promise<'done' | 'outage'> => {
    const { attemptId } = settlement
    const isEstimate = settlement.usage === null
    try {
      const cost = await tellBudget(call, settlement)
      budgetOutage.worked()
      await marks.add({ attemptId, state: 'settled', isEstimate, ...cost })
      return 'done'
    } catch (error) {
      if (error instanceof AppError && error.code === 'NOT_FOUND') {
        log.error({ attemptId }, 'budget does not know a reservation that was used')
        await marks.add({
          attemptId,
          state: 'unknown',
          isEstimate,
          costNanoUsd: 0,
          overrunNanoUsd: 0,
        })
        return 'done'
      }
      budgetOutage.failed(error, { attemptId })
      return 'outage'
    }
  }

  const track = async (settlement: Settlement): Promise<'done' | 'outage'> => {
    while (inFlight.size >= inFlightMax) await Promise.race(inFlight)
    const running = settle(settlement)
      // The database is away: the row is still pending and will be taken up again.
      .catch(() => 'outage' as const)
      .finally(() => inFlight.delete(running))
    inFlight.add(running)
    return running
  }

  let sweeping: Promise<void> | null = null
  const sweepOnce = async () => {
    try {
      const due = await takeDueSettlements(sql, sweepItemsMax)
      sweepOutage.worked()
      const [first, ...rest] = due
      if (first === undefined) return
      // One is asked first: when budget is away, the others need not find out each for itself.
      if ((await track(first)) === 'outage') return
      await Promise.all(rest.map(track))
    } catch (error) {
      sweepOutage.failed(error)
    }
  }
  const sweep = (): Promise<void> => {
    sweeping ??= sweepOnce().finally(() => {
      sweeping = null
    })
    return sweeping
  }
  const timer = setInterval(() => void sweep(), sweepEveryMs)

  return {
    send: (settlement) => {
      // Whatever goes beyond the bound stays pending and leaves with the next sweep.
      if (inFlight.size < inFlightMax) void track(settlement)
    },
    sweep,
    stop: async () => {
      clearInterval(timer)
      // What does not get through now is durable; another worker sends it, or the next life of this one.
      await Promise.race([
        Promise.all([sweeping, ...inFlight]),
        sleep(stopMsMax, undefined, { ref: false }),
      ])
      await marks.idle()
    },
  }
}

const tellBudget = async (
  call: Call,
  { attemptId, kind, model, usage, sentAt }: Settlement,
): Promise<{ costNanoUsd: number; overrunNanoUsd: number }> => {
  if (kind === 'settle') return call(settleBudget, { attemptId, model, usage, sentAt })
  await call(releaseBudget, { attemptId })
  return { costNanoUsd: 0, overrunNanoUsd: 0 }
}
