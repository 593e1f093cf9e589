import { setTimeout as sleep } from 'node:timers/promises'
import { settleAttempts, settledAtOnceMax } from '@maestro/contracts/budget/budget-endpoints'
import { createBatcher } from '@maestro/service-kit/batcher'
import type { Call } from '@maestro/service-kit/call'
import type { Sql } from '@maestro/service-kit/database'
import type { Logger } from '@maestro/service-kit/logger'
import { createOutageLog } from '@maestro/service-kit/outage-log'
import { isOutage } from '@maestro/service-kit/wire-error'
import type { Settlement } from './settlement.ts'
import { markSettled, type SettledFacts, takeDueSettlements } from './settlement-store.ts'

const sweepEveryMs = 1_000
/** How long a stopping worker waits for budget. */
const stopMsMax = 500
/** Nobody waits for a settlement: a busy worker tells budget of many in one request, and marks them in one commit. */
const paceMs = 50
/** What waits here; it stands in the table as well. */
const waitingMax = 4 * settledAtOnceMax

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

  const settle = async (settlements: readonly Settlement[]): Promise<void> => {
    const { items } = await call(settleAttempts, { items: settlements.map(itemOf) })
    budgetOutage.worked()
    const settled = settlements.map(({ attemptId, usage }, index): SettledFacts => {
      const outcome = items[index]
      const isEstimate = usage === null
      if (outcome?.state === 'settled') return { attemptId, isEstimate, ...outcome }
      log.error({ attemptId }, 'budget does not know a reservation that was used')
      return { attemptId, isEstimate, state: 'unknown', costNanoUsd: 0, overrunNanoUsd: 0 }
    })
    await markSettled(sql, settled)
  }
  /** One that budget cannot take must not hold up the others. */
  const settleEach = async (settlements: readonly Settlement[]): Promise<void> => {
    for (const settlement of settlements) {
      await settle([settlement]).catch((error: unknown) => {
        budgetOutage.failed(error, { attemptId: settlement.attemptId })
      })
    }
  }
  const batcher = createBatcher<Settlement, undefined>({
    itemsMax: settledAtOnceMax,
    paceMs,
    run: async (settlements) => {
      try {
        await settle(settlements)
      } catch (error) {
        // Or the database is: the rows are still pending and will be taken up again.
        if (isOutage(error)) budgetOutage.failed(error, { attempts: settlements.length })
        else await settleEach(settlements)
      }
      return settlements.map(() => undefined)
    },
  })
  let waiting = 0
  const settleSoon = async (settlement: Settlement) => {
    waiting += 1
    await batcher.add(settlement).finally(() => {
      waiting -= 1
    })
  }

  let sweeping: Promise<void> | null = null
  const sweepOnce = async () => {
    try {
      const due = await takeDueSettlements(sql, settledAtOnceMax)
      sweepOutage.worked()
      await Promise.all(due.map(settleSoon))
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
      if (waiting < waitingMax) void settleSoon(settlement)
    },
    sweep,
    stop: async () => {
      clearInterval(timer)
      // What does not get through now is durable; another worker sends it, or the next life of this one.
      await Promise.race([
        Promise.all([sweeping, batcher.idle()]),
        sleep(stopMsMax, undefined, { ref: false }),
      ])
    },
  }
}

const itemOf = ({ attemptId, kind, model, usage, sentAt }: Settlement) =>
  kind === 'settle' ? { kind, attemptId, model, usage, sentAt } : { kind, attemptId }
