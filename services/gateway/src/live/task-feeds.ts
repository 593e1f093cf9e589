import type { TaskId } from '@maestro/contracts/ids'
import type { Call } from '@maestro/service-kit/call'
import type { Logger } from '@maestro/service-kit/logger'
import type { NatsConnection } from '@maestro/service-kit/nats'
import type { FrameClock } from './frame-clock.ts'
import type { LiveEvent } from './live-message.ts'
import { createTaskFeed, type TaskFeed } from './task-feed.ts'
import { createTextFeed, type TextFeed } from './text-feed.ts'
import type { Viewer } from './viewer.ts'

/** The feeds of all tasks that somebody watches here. */
export type TaskFeeds = {
  /** @throws {AppError} `NOT_FOUND`, `AFTER_BEYOND_HEAD`, outages. */
  join: (taskId: TaskId, viewer: Viewer, after: number | undefined) => Promise<void>
  leave: (taskId: TaskId, viewer: Viewer) => void
  isWatched: (taskId: TaskId) => boolean
  take: (taskId: TaskId, event: LiveEvent) => void
  /** After the bus was away. */
  refreshAll: () => Promise<void>
  count: () => number
  close: () => void
}

/** How often every watched task is compared with the orchestrator's head: so long an event can be lost in silence. */
const headEveryMs = 10_000
/** A feed outlives its last viewer for this long: a browser that reconnects finds it. */
const lingerMs = 5_000
const refreshesAtOnceMax = 32

type Watched = { feed: TaskFeed; texts: TextFeed; viewers: Set<Viewer>; end: NodeJS.Timeout | null }

export const createTaskFeeds = ({
  nats,
  call,
  log,
  clock,
}: {
  nats: NatsConnection
  call: Call
  log: Logger
  clock: FrameClock
}): TaskFeeds => {
  const watched = new Map<TaskId, Watched>()

  const open = (taskId: TaskId): Watched => {
    const texts = createTextFeed({ taskId, nats, log })
    const feed = createTaskFeed({
      taskId,
      call,
      log,
      clock,
      onEvent: texts.hear,
      onJoined: texts.join,
    })
    const entry: Watched = { feed, texts, viewers: new Set(), end: null }
    watched.set(taskId, entry)
    return entry
  }

  const end = (taskId: TaskId, entry: Watched) => {
    entry.feed.close()
    entry.texts.close()
    if (watched.get(taskId) === entry) watched.delete(taskId)
  }

  const leave = (taskId: TaskId, entry: Watched, viewer: Viewer, afterMs: number) => {
    entry.viewers.delete(viewer)
    entry.feed.leave(viewer)
    entry.texts.leave(viewer)
    if (entry.viewers.size > 0 || entry.end !== null) return
    entry.end = setTimeout(() => end(taskId, entry), afterMs)
    entry.end.unref()
  }

  const refreshAll = async () => {
    const entries = [...watched]
    for (let from = 0; from < entries.length; from += refreshesAtOnceMax) {
      await Promise.all(
        entries.slice(from, from + refreshesAtOnceMax).map(async ([taskId, { feed }]) => {
          try {
            await feed.refresh()
          } catch (error) {
            log.debug({ err: error, taskId }, 'a live feed cannot be compared with its head yet')
          }
        }),
      )
    }
  }

  let refreshing = false
  const heartbeat = setInterval(() => {
    if (refreshing) return
    refreshing = true
    void refreshAll().finally(() => {
      refreshing = false
    })
  }, headEveryMs)
  heartbeat.unref()

  return {
    join: async (taskId, viewer, after) => {
      const entry = watched.get(taskId) ?? open(taskId)
      if (entry.end !== null) clearTimeout(entry.end)
      entry.end = null
      entry.viewers.add(viewer)
      try {
        await entry.feed.join(viewer, after)
      } catch (error) {
        // A feed that could not start is no use to the next one either.
        leave(taskId, entry, viewer, 0)
        throw error
      }
    },
    leave: (taskId, viewer) => {
      const entry = watched.get(taskId)
      if (entry) leave(taskId, entry, viewer, lingerMs)
    },
    isWatched: (taskId) => watched.has(taskId),
    take: (taskId, event) => watched.get(taskId)?.feed.take(event),
    refreshAll,
    count: () => watched.size,
    close: () => {
      clearInterval(heartbeat)
      for (const [taskId, entry] of watched) end(taskId, entry)
    },
  }
}
