import type { Logger } from '@maestro/service-kit/logger'
import { createOutageLog } from '@maestro/service-kit/outage-log'
import { type Job, Queue, Worker } from 'bullmq'
import { Redis } from 'ioredis'

// BullMQ orders and wakes; Postgres decides. A job says no more than "this item may have its turn".
// One that is lost is put back by reconciliation, one too many finds that its item waits no longer.

/** An item in line: its job has the same id, so that adding it twice is adding it once. */
export type LineItem = { itemId: string; rank: number }

/** An item whose turn came, held by this copy until it says what became of it. */
export type Turn = {
  itemId: string
  /** It started, or waits no longer: the job ends. */
  done: () => Promise<void>
  /** Back to the head of its priority. */
  giveBack: () => Promise<void>
  /** Back into line after some time. */
  delay: (ms: number) => Promise<void>
}

export type WakeLine = {
  /** @throws when Redis does not answer. */
  add: (items: readonly LineItem[]) => Promise<void>
  remove: (itemId: string) => Promise<void>
  /** Jobs that are in line or have their turn. */
  length: () => Promise<number>
  /** Waits up to some seconds for the next turn; null when none came. */
  next: () => Promise<Turn | null>
  close: () => Promise<void>
}

/** Longer than a turn takes: two short transactions and one request of at most ten seconds. */
const turnMsMax = 20_000
/** A copy that died with a turn in its hands is noticed soon, not only at BullMQ's default of 30 s. */
const stalledCheckMs = 5_000
/** Stalling is no fault of the item; Postgres bounds what happens to it. */
const stalledCountMax = 1_000
const waitSecondsMax = 5
const commandMsMax = 5_000

export const createWakeLine = async ({
  redisUrl,
  prefix,
  queue: name,
  copy,
  log,
  onReconnect,
}: {
  redisUrl: string
  prefix: string
  queue: string
  copy: string
  log: Logger
  /** Redis is there again, perhaps without what it had. */
  onReconnect: () => void
}): Promise<WakeLine> => {
  const retryStrategy = (times: number) => Math.min(200 * times, 2_000)
  // Adding fails at once when Redis is away: the item is safe in Postgres and is put into line later.
  const commands = new Redis(redisUrl, {
    retryStrategy,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 1,
    commandTimeout: commandMsMax,
  })
  const outage = createOutageLog({
    log,
    away: 'Redis does not answer; items wait',
    back: 'Redis answers again',
    fields: { queue: name },
  })
  const onError = (error: Error) => outage.failed(error)
  commands.on('error', onError)
  const queue = new Queue(name, {
    prefix,
    connection: commands,
    defaultJobOptions: { removeOnComplete: true, removeOnFail: true },
  })
  const worker = new Worker(name, null, {
    prefix,
    connection: { url: redisUrl, retryStrategy, maxRetriesPerRequest: null },
    autorun: false,
    name: copy,
    lockDuration: turnMsMax,
    stalledInterval: stalledCheckMs,
    maxStalledCount: stalledCountMax,
    drainDelay: waitSecondsMax,
  })
  queue.on('error', onError)
  worker.on('error', onError)
  await queue.waitUntilReady()
  commands.on('ready', () => {
    outage.worked()
    onReconnect()
  })
  void worker.startStalledCheckTimer().catch(onError)

  let turns = 0
  const turnOf = (job: Job, token: string): Turn => {
    const settle = async (work: Promise<unknown>) => {
      try {
        await work
      } catch (error) {
        // Its lock ran out or Redis forgot it: BullMQ or reconciliation brings it again, which does no harm.
        log.debug({ err: error, itemId: job.id }, 'a turn could not be closed')
      }
    }
    return {
      itemId: job.id ?? '',
      done: () => settle(job.moveToCompleted('', token, false)),
      giveBack: () => settle(job.moveToWait(token)),
      delay: (ms) => settle(job.moveToDelayed(Date.now() + ms, token)),
    }
  }

  return {
    add: async (items) => {
      await queue.addBulk(
        items.map(({ itemId, rank }) => ({
          name: 'start',
          data: {},
          opts: { jobId: itemId, priority: rank },
        })),
      )
    },
    remove: async (itemId) => {
      await queue.remove(itemId)
    },
    length: async () => {
      const counts = await queue.getJobCounts('prioritized', 'waiting', 'delayed', 'active')
      return Object.values(counts).reduce((sum, count) => sum + count, 0)
    },
    next: async () => {
      turns += 1
      const token = `${copy}:${turns}`
      const job: Job | undefined = await worker.getNextJob(token, { block: true })
      return job === undefined ? null : turnOf(job, token)
    },
    close: async () => {
      await Promise.all([worker.close(true), queue.close()])
      commands.disconnect()
    },
  }
}
