import { getEstimate, estimateTask } from '@maestro/contracts/budget/estimate-endpoints'
import { anyHeadlineSubject, anyTaskEventSubject } from '@maestro/contracts/bus/subjects'
import type { Call } from '@maestro/service-kit/call'
import { consumeEvents } from '@maestro/service-kit/consume-events'
import type { Sql } from '@maestro/service-kit/database'
import { asDatabaseOutage } from '@maestro/service-kit/database-outage'
import type { Logger } from '@maestro/service-kit/logger'
import type { NatsConnection } from '@maestro/service-kit/nats'
import { createOutageLog } from '@maestro/service-kit/outage-log'
import { implement, type Implementation } from '@maestro/service-kit/serve'
import type { PriceBook } from '../prices/price-book.ts'
import { closeEstimates, readEstimate, readPast } from './estimate-rows.ts'
import { createEstimateTask } from './estimate-task.ts'
import { followedTypes, followTasks } from './follow-tasks.ts'

/** What was still open when a task ended is booked within its lease; it is looked for this often. */
const closeEveryMs = 15_000

/** Estimates of tasks, told to whoever asks, and recorded when a plan stands. */
export const startEstimates = async ({
  sql,
  reports,
  nats,
  call,
  prices,
  now,
  log,
}: {
  sql: Sql
  /** For questions that read many lines. */
  reports: Sql
  nats: NatsConnection
  call: Call
  prices: PriceBook
  now: () => Date
  log: Logger
}): Promise<{ answers: readonly Implementation[]; stop: () => Promise<void> }> => {
  const whileUp = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work
    } catch (error) {
      throw asDatabaseOutage(error)
    }
  }
  const estimate = createEstimateTask({ sql: reports, call, prices, now })
  const consumer = await consumeEvents({
    nats,
    log,
    durable: 'budget-headlines',
    replaces: { durable: 'budget-estimates', filterSubject: anyTaskEventSubject },
    filterSubject: anyHeadlineSubject,
    types: followedTypes,
    handle: followTasks({ sql, call, estimate, now, log }),
  })
  const outage = createOutageLog({
    log,
    away: 'costs of ended tasks could not be told from their estimates',
    back: 'costs of ended tasks are told again',
  })
  const closing = setInterval(() => {
    void closeEstimates(sql).then(outage.worked, outage.failed)
  }, closeEveryMs)

  return {
    answers: [
      implement(estimateTask, async (query) => {
        const made = await whileUp(estimate(query))
        return { ...made, past: await whileUp(readPast(reports)) }
      }),
      implement(getEstimate, ({ taskId }) => whileUp(readEstimate(sql, taskId))),
    ],
    stop: async () => {
      clearInterval(closing)
      await consumer.stop()
    },
  }
}
