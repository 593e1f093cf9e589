import { streams } from '@maestro/contracts/bus/streams'
import type { TaskId } from '@maestro/contracts/ids'
import type { TaskEvent } from '@maestro/contracts/task/task-events'
import type { Sql } from '@maestro/service-kit/database'
import { ensureStreams } from '@maestro/service-kit/ensure-streams'
import type { Logger } from '@maestro/service-kit/logger'
import { type NatsConnection, NatsEvents } from '@maestro/service-kit/nats'
import type { Outbox } from './outbox.ts'
import { holdRelayLock } from './relay-lock.ts'
import { createTaskPublisher } from './task-publisher.ts'

/** Events that wait in memory; beyond it they are read from the table, where they stand anyway. */
const waitingMax = 20_000
const readMax = 1_000
/** Tasks whose events are published at the same time. */
const tasksAtOnceMax = 128
/** Events of other copies, and those that an outage left behind, are found at the latest after this. */
const lookAgainMs = 1_000
const channel = 'maestro_relay'
/** Longer than a bus can take to notice that it has lost its last writes. */
const reopenMs = 2 * 60_000

/**
 * Commit, then publish (I3).
 * R1 A task's events reach the stream in order, each once: see `task-publisher`.
 * R2 What this copy commits is handed over in memory; the table is read when that could miss something.
 * R3 Marks are written after the acknowledgement: a crash in between publishes again, and R1 makes that harmless.
 */
export type Relay = {
  handOver: (events: readonly TaskEvent[]) => void
  stop: () => Promise<void>
}

export const startRelay = async ({
  nats,
  sql,
  postgresUrl,
  outbox,
  log,
}: {
  nats: NatsConnection
  sql: Sql
  postgresUrl: string
  outbox: Outbox
  log: Logger
}): Promise<Relay> => {
  const manager = await nats.jetstreamManager({ timeout: 10_000 })
  const publisher = createTaskPublisher({ stream: nats.jetstream(), manager, outbox })
  let waiting: TaskEvent[] = []
  // True when the table may hold unpublished events that are not in `waiting`.
  let behind = true
  let mustCompare = true
  let stopped = false
  let wake: () => void = () => {}
  const wakeUp = () => wake()

  const lock = holdRelayLock({
    postgresUrl,
    log,
    onHeld: () => {
      publisher.forgetPlaces()
      behind = true
      mustCompare = true
      wakeUp()
    },
  })
  const listening = await sql.listen(channel, () => {
    behind = true
    wakeUp()
  })

  const watchBus = async () => {
    for await (const status of nats.status()) {
      if (status.type !== NatsEvents.Reconnect) continue
      publisher.forgetPlaces()
      mustCompare = true
      wakeUp()
    }
  }
  void watchBus()

  /** After a cut: a new stream is filled from the tables, the old one has its newest events looked at. */
  const compareWithBus = async () => {
    await ensureStreams(nats)
    const { created } = await manager.streams.info(streams.events.name)
    const known = await outbox.readMark('stream-created')
    if (known !== null && known !== created) {
      log.warn({ created }, 'the event stream is new and is filled from the tables')
      await outbox.reopenSince(new Date(Date.now() - streams.events.ageMsMax))
    } else {
      await outbox.reopenSince(new Date(Date.now() - reopenMs))
    }
    await outbox.writeMark('stream-created', created)
    mustCompare = false
    behind = true
  }

  const takeWaiting = async (): Promise<TaskEvent[]> => {
    if (!behind) return waiting.splice(0)
    // Everything in memory is in the table as well.
    waiting = []
    behind = false
    const events = await outbox.unpublished(readMax)
    if (events.length === readMax) behind = true
    return events
  }

  const publishAll = async (events: readonly TaskEvent[]) => {
    const byTask = Map.groupBy(events, ({ taskId }) => taskId)
    const queue: [TaskId, TaskEvent[]][] = [...byTask]
    const published: TaskEvent[] = []
    const publishNext = async () => {
      for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
        const [taskId, own] = next
        await publisher.publish(taskId, own)
        published.push(...own)
      }
    }
    const workers = Array.from({ length: Math.min(tasksAtOnceMax, queue.length) }, publishNext)
    const outcomes = await Promise.allSettled(workers)
    await outbox.markPublished(published)
    const failure = outcomes.find((outcome) => outcome.status === 'rejected')
    if (failure) throw failure.reason
  }

  const sleep = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms)
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })

  const run = async () => {
    let lookedAt = 0
    while (!stopped) {
      if (!lock.holds() || nats.isClosed()) {
        waiting = []
        behind = true
        await sleep(lookAgainMs)
        continue
      }
      try {
        if (mustCompare) await compareWithBus()
        if (Date.now() - lookedAt > lookAgainMs) {
          behind = true
          lookedAt = Date.now()
        }
        const events = await takeWaiting()
        if (events.length > 0) await publishAll(events)
        // Something may have been handed over while we looked.
        else if (waiting.length === 0 && !behind) await sleep(lookAgainMs)
      } catch (error) {
        behind = true
        if (!stopped) log.warn({ err: error }, 'events could not be published and are tried again')
        await sleep(lookAgainMs / 4)
      }
    }
  }
  const running = run()

  return {
    handOver: (events) => {
      if (!lock.holds()) {
        void sql.notify(channel, '').catch(() => {})
        return
      }
      if (waiting.length + events.length > waitingMax) {
        waiting = []
        behind = true
      } else if (!behind) {
        waiting.push(...events)
      }
      wakeUp()
    },
    stop: async () => {
      stopped = true
      wakeUp()
      await running
      await listening.unlisten()
      await lock.stop()
    },
  }
}
