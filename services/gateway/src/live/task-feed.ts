import { AppError } from '@maestro/contracts/errors'
import type { TaskId } from '@maestro/contracts/ids'
import { getTaskEvents } from '@maestro/contracts/task/task-endpoints'
import type { Call } from '@maestro/service-kit/call'
import type { Logger } from '@maestro/service-kit/logger'
import { setTimeout as delay } from 'node:timers/promises'
import type { FrameClock } from './frame-clock.ts'
import { createRecentEvents } from './recent-events.ts'
import { type LiveEvent, liveEventOf, topicOfTask, writeMessage } from './live-message.ts'
import type { Viewer } from './viewer.ts'

/**
 * The events of one watched task, shared by all who watch it here.
 * F1: a viewer gets every event after its position once, in order, without a gap.
 * F2: what lies at or below the head is dropped; what lies beyond a gap waits until the gap is read from the orchestrator.
 * F3: a viewer joins the live ones in the same turn in which it has caught up, so nothing passes between.
 * F4: what comes between two beats is told to all live viewers as one text; nobody joins while some of it is untold.
 */
export type TaskFeed = {
  /** Catches up from `after` (left out: the head) and stays. @throws {AppError} `NOT_FOUND`, `AFTER_BEYOND_HEAD`, outages. */
  join: (viewer: Viewer, after: number | undefined) => Promise<void>
  leave: (viewer: Viewer) => void
  /** What came over the bus. */
  take: (event: LiveEvent) => void
  /** Asks the orchestrator for what the bus may have lost, then says where the head is. */
  refresh: () => Promise<void>
  close: () => void
}

const pageMax = 500
/** Events that a new feed reads back, so that it knows which calls have ended. */
const tailMax = 256
/** Beyond a gap no more than this waits; the rest is read with the gap. */
const aheadMax = 1_000
/** What waits for the next beat; more is told at once. */
const untoldCharactersMax = 256 * 1024
const retryMs = 500
const retriesMax = 10

export const createTaskFeed = ({
  taskId,
  call,
  log,
  clock,
  onEvent,
  onJoined,
}: {
  taskId: TaskId
  call: Call
  log: Logger
  clock: FrameClock
  /** Each event, in order, before the viewers get it. */
  onEvent: (event: LiveEvent) => void
  /** A viewer has caught up. */
  onJoined: (viewer: Viewer) => void
}): TaskFeed => {
  const topic = topicOfTask(taskId)
  const recent = createRecentEvents()
  const viewers = new Set<Viewer>()
  const ahead = new Map<number, LiveEvent>()
  let untold: LiveEvent[] = []
  let untoldCharacters = 0
  let head = 0
  let isStarted = false
  let closed = false
  let filling: Promise<void> | null = null

  const tell = () => {
    const [first, last] = [untold[0], untold.at(-1)]
    if (first === undefined || last === undefined) return
    const text = untold.map((event) => event.text).join(',')
    untold = []
    untoldCharacters = 0
    for (const viewer of viewers) viewer.deliver(text, { first: first.seq, last: last.seq })
  }

  const tellSoon = (event: LiveEvent) => {
    if (viewers.size === 0) return
    if (untold.length === 0) clock.beforeFrames(tell)
    untold.push(event)
    untoldCharacters += event.text.length
    if (untoldCharacters > untoldCharactersMax) tell()
  }

  const advance = () => {
    for (let next = ahead.get(head + 1); next; next = ahead.get(head + 1)) {
      ahead.delete(next.seq)
      head = next.seq
      recent.add(next)
      onEvent(next)
      tellSoon(next)
    }
  }

  const offer = (events: readonly LiveEvent[]) => {
    for (const event of events) if (event.seq > head) ahead.set(event.seq, event)
    if (isStarted) advance()
  }

  const read = async (after: number, limit = pageMax) => {
    const answer = await call(getTaskEvents, { taskId, after, limit })
    const events = answer.events.map((event) => liveEventOf(taskId, event))
    offer(events)
    return { events, head: answer.head }
  }

  /** Reads on until nothing is missing. */
  const fill = (): Promise<void> => {
    filling ??= (async () => {
      try {
        for (;;) {
          const { events, head: newest } = await read(head)
          if (head >= newest || events.length === 0) return
        }
      } finally {
        filling = null
      }
    })()
    return filling
  }

  const fillGap = async () => {
    for (let tries = 1; !closed && ahead.size > 0 && tries <= retriesMax; tries += 1) {
      try {
        await fill()
      } catch (error) {
        log.debug({ err: error, taskId }, 'a gap in a live feed cannot be filled yet')
        await delay(retryMs)
      }
    }
  }

  const start = async () => {
    // Of a task that is no longer than its tail this brings everything.
    const { head: newest } = await read(0, tailMax)
    head = Math.max(0, newest - tailMax)
    for (const seq of ahead.keys()) if (seq <= head) ahead.delete(seq)
    isStarted = true
    advance()
    if (head < newest) await fill()
  }
  const started = start()
  // Whoever joins hears of it; before that nobody listens.
  started.catch(() => undefined)

  const announce = (viewer: Viewer) =>
    viewer.deliver(writeMessage({ op: 'head', topic, seq: head }), null)

  /** One page of what follows `after`; paced by the viewer's room. */
  const catchUp = async (viewer: Viewer, after: number): Promise<number> => {
    const events = recent.after(after) ?? (await read(after)).events
    if (events.length === 0) throw new AppError('UNAVAILABLE', { taskId, missing: after + 1 })
    let position = after
    for (const { seq, text } of events) {
      const room = viewer.room()
      if (room !== null) await room
      if (viewer.hasLeft()) return position
      viewer.deliver(text, { first: seq, last: seq })
      position = seq
    }
    return position
  }

  return {
    join: async (viewer, after) => {
      await started
      let position = after ?? head
      if (position > head) await fill()
      if (position > head) throw new AppError('AFTER_BEYOND_HEAD', { after: position, head })
      while (position < head && !viewer.hasLeft()) position = await catchUp(viewer, position)
      if (viewer.hasLeft()) return
      tell()
      viewers.add(viewer)
      viewer.caughtUp(head)
      announce(viewer)
      onJoined(viewer)
    },
    leave: (viewer) => void viewers.delete(viewer),
    take: (event) => {
      if (event.seq > head && ahead.size >= aheadMax) return
      offer([event])
      if (isStarted && ahead.size > 0 && filling === null) void fillGap()
    },
    refresh: async () => {
      await started
      try {
        await fill()
      } finally {
        tell()
        for (const viewer of viewers) announce(viewer)
      }
    },
    close: () => {
      closed = true
    },
  }
}
