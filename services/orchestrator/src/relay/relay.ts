import { setTimeout as delay } from 'node:timers/promises'
import { AppError } from '@maestro/contracts/errors'
import type { TaskEvent } from '@maestro/contracts/task/task-events'
import type { Sql } from '@maestro/service-kit/database'
import type { Logger } from '@maestro/service-kit/logger'
import { type NatsConnection, NatsEvents } from '@maestro/service-kit/nats'
import { createOutageLog, type Outage } from '@maestro/service-kit/outage-log'
import { createSignal } from '@maestro/service-kit/signal'
import type { StreamPublisher } from '@maestro/service-kit/stream-publisher'
import type { Outbox } from './outbox.ts'
import { holdRelayLock } from './relay-lock.ts'
import { createPassedOver } from './passed-over.ts'
import { createPublishAll } from './publish-all.ts'
import { createStreamGuard } from './stream-guard.ts'
import { createTaskPublisher } from './task-publisher.ts'
import { createUnpublished } from './unpublished.ts'

/** Events that wait in memory; beyond it they are read from the table, where they stand anyway. */
const waitingMax = 20_000
const readMax = 1_000
/** Events of other copies, and those that an outage left behind, are found at the latest after this. */
const lookAgainMs = 1_000
/** Rows that could not be read may have been repaired. */
const lookAtPassedMs = 5_000
/** After a failure: from a quarter of a second, doubled. A bus that is back ends the wait. */
const retryMsMin = 250
const retryMsMax = 4_000
/** A question to the bus that was on its way when the connection broke is waited for as long as this. */
const askMsMax = 2_500
/** What was handed over before a stop may still leave; the rest goes at the next start. */
const flushMsMax = 1_500
/** With a bus that does not answer; what is under way is published again at the next start. */
const stopMsMax = 3_000
const channel = 'maestro_relay'

/**
 * Commit, then publish (I3).
 * R1 A task's events reach the stream in order, each once: see `task-publisher`.
 * R2 What this copy commits is handed over in memory; the table is read when that could miss something.
 * R3 The mark moves after the acknowledgements: a crash in between looks again, and R1 makes that harmless.
 */
export type Relay = {
  handOver: (events: readonly TaskEvent[]) => void
  /** Since when the stream takes no events. */
  outage: () => Outage | null
  stop: () => Promise<void>
}

export const startRelay = async ({
  nats,
  stream,
  sql,
  postgresUrl,
  outbox,
  log,
}: {
  nats: NatsConnection
  stream: Pick<StreamPublisher, 'publish'>
  sql: Sql
  postgresUrl: string
  outbox: Outbox
  log: Logger
}): Promise<Relay> => {
  const manager = await nats.jetstreamManager({ timeout: askMsMax })
  const publisher = createTaskPublisher({ stream, manager, outbox })
  const guard = createStreamGuard({ nats, manager, askMsMax, outbox, log })
  const unpublished = createUnpublished({ outbox, limit: readMax })
  const passedOver = createPassedOver({ sql })
  const publishing = createOutageLog({
    log,
    away: 'events could not be published and are tried again',
    back: 'events are published again',
  })
  const reading = createOutageLog({
    log,
    away: 'a task whose events cannot be read is passed over',
    back: 'events are read again',
  })
  const work = createSignal()
  const recovery = createSignal()
  let waiting: TaskEvent[] = []
  // True when the table may hold unpublished events that are not in `waiting`.
  let behind = true
  let stoppedAtMs: number | null = null
  let failures = 0
  // While it is away, whatever is asked of it would only wait for its time to run out.
  let isConnected = true

  const isOverdue = () => stoppedAtMs !== null && Date.now() - stoppedAtMs > flushMsMax
  const publishAll = createPublishAll({ passedOver, reading, isOverdue })

  const lock = holdRelayLock({
    postgresUrl,
    log,
    onHeld: () => {
      guard.distrust()
      work.raise()
    },
  })
  const listening = await sql.listen(channel, () => {
    behind = true
    work.raise()
  })
  const watchBus = async () => {
    for await (const { type } of nats.status()) {
      if (type === NatsEvents.Disconnect) isConnected = false
      if (type !== NatsEvents.Reconnect) continue
      isConnected = true
      guard.distrust()
      work.raise()
      recovery.raise()
    }
  }
  void watchBus()

  /** What was handed over. */
  const publishWaiting = () => {
    const byTask = Map.groupBy(waiting.splice(0), ({ taskId }) => taskId)
    return publishAll(
      [...byTask].map(([taskId, own]) => ({
        taskId,
        head: own.at(-1)?.seq ?? 0,
        publish: () => publisher.publish(taskId, own),
      })),
    )
  }

  const publishPassed = async () => {
    const tasks = await passedOver.list()
    if (tasks.size === 0) return reading.worked()
    await publishAll(
      [...tasks].map(([taskId, head]) => ({
        taskId,
        head,
        publish: async () => {
          await publisher.publishUpTo(taskId, head)
          await passedOver.forget(taskId, head)
        },
      })),
    )
  }

  /** What stands in the table, from the mark on. */
  const publishTable = async () => {
    // Everything in memory is in the table as well.
    waiting = []
    behind = false
    const { heads, isMore, done } = await unpublished.next()
    await publishAll(
      [...heads].map(([taskId, head]) => ({
        taskId,
        head,
        publish: () => publisher.publishUpTo(taskId, head),
      })),
    )
    if (isOverdue()) return
    await done()
    if (isMore) behind = true
  }

  const goesOn = () =>
    stoppedAtMs === null || (failures === 0 && !behind && waiting.length > 0 && !isOverdue())

  let passedAtMs = 0
  const publishOnce = async (poll: boolean) => {
    if (await guard.check()) {
      publisher.forgetPlaces()
      unpublished.startOver()
      behind = true
    }
    if (Date.now() - passedAtMs > lookAtPassedMs) {
      passedAtMs = Date.now()
      await publishPassed()
    }
    if (poll) behind = true
    await (behind ? publishTable() : publishWaiting())
  }

  const run = async () => {
    let polledAtMs = 0
    while (goesOn()) {
      if (!lock.holds() || !isConnected) {
        waiting = []
        behind = true
        // Another copy may publish what this one could not.
        if (!lock.holds()) publishing.forget()
        else publishing.failed(new AppError('UNAVAILABLE', { what: 'bus' }))
        await work.wait(lookAgainMs)
        continue
      }
      const poll = Date.now() - polledAtMs > lookAgainMs
      if (poll) polledAtMs = Date.now()
      try {
        await publishOnce(poll)
        publishing.worked()
        failures = 0
        // Something may have been handed over while we published.
        if (waiting.length === 0 && !behind && stoppedAtMs === null) await work.wait(lookAgainMs)
      } catch (error) {
        failures += 1
        behind = true
        guard.lookSoon()
        if (stoppedAtMs !== null) return
        publishing.failed(error)
        await recovery.wait(Math.min(retryMsMin * 2 ** (failures - 1), retryMsMax))
      }
    }
  }
  const running = run()

  return {
    handOver: (events) => {
      if (!lock.holds()) {
        // Only to be sooner than the other copy's next look.
        void sql.notify(channel, '').catch(() => {})
        return
      }
      if (waiting.length + events.length > waitingMax) {
        waiting = []
        behind = true
      } else if (!behind) {
        waiting.push(...events)
      }
      work.raise()
    },
    outage: publishing.current,
    stop: async () => {
      stoppedAtMs = Date.now()
      work.raise()
      recovery.raise()
      await Promise.race([running, delay(stopMsMax, undefined, { ref: false })])
      await lock.stop()
      // Its connection ends with the others, whether the database answers or not.
      await listening.unlisten().catch(() => {})
    },
  }
}
