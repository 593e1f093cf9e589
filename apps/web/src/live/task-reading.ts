import type { TaskId } from '@maestro/contracts/ids'
import { eventsPerPage } from './event-pages.ts'
import { eventsPerRead } from './events-per-read.ts'
import { createNeedLoop } from './need-loop.ts'
import type { TaskEventAt } from './task-event-at.ts'
import type { HistoryLack } from './task-history.ts'
import { isLong } from './task-length.ts'
import type { TaskPast } from './task-past.ts'
import type { TaskReads } from './task-view.ts'

const retryMs = 2_000

type Need = HistoryLack | { kind: 'ticks' }
type Range = { after: number; limit: number }

/**
 * Reads what is missing of a task's past, the most wanted first.
 * R1: a short task is read whole; of a long one its ticks, and what somebody looks at.
 */
export type TaskReading = {
  run: () => void
  /** As at the beginning: nothing rests. */
  wake: () => void
  /** Somebody looks at these events: those that are not here are fetched. */
  look: (from: number, to: number) => void
  readEvents: (range: Range) => Promise<readonly TaskEventAt[]>
  /** All events of a range, a page at a time, without holding on to them. */
  readThrough: (range: {
    after: number
    to: number
    take: (events: readonly TaskEventAt[]) => void
    signal: AbortSignal
  }) => Promise<void>
}

export const createTaskReading = ({
  taskId,
  reads,
  past,
  place,
  later,
  onRead,
}: {
  taskId: TaskId
  reads: TaskReads
  past: TaskPast
  /** Where the task is, and which position of its past somebody wants to see; null while nobody follows it. */
  place: () => { head: number; wanted: number | null } | null
  later: (ms: number, run: () => void) => void
  onRead: () => void
}): TaskReading => {
  const { history, ticks } = past
  let looked: { from: number; to: number } | null = null
  let hasTicks = false

  const eventsLack = (from: number, to: number): readonly Need[] => {
    const missing = from > to ? null : history.missingIn(from, to)
    if (missing === null) return []
    return [
      { kind: 'events', after: missing - 1, limit: Math.min(eventsPerRead, to - missing + 1) },
    ]
  }

  /** Of a short task, whatever is not here. */
  const restOf = (head: number) => (history.count() < head ? eventsLack(1, head) : [])

  /** What is missing, the most wanted first. */
  const needs = (): readonly Need[] => {
    const at = place()
    if (at === null || at.head === 0) return []
    const { head, wanted } = at
    const isWhole = !isLong(head)
    const ticksFrom = ticks.length + 1
    const lack = wanted === null ? null : history.lackOf(wanted)
    const around = wanted === null || lack !== null ? null : history.lackAround(wanted, head)
    return [
      // Of a short task everything is on its way.
      ...(lack === null || isWhole ? [] : [lack]),
      // Later on a few are told by their events; many as well when they cannot be read.
      ...(!hasTicks || ticksFrom + eventsPerPage <= head ? [{ kind: 'ticks' } as const] : []),
      ...(looked === null ? [] : eventsLack(looked.from, Math.min(looked.to, head))),
      ...eventsLack(ticksFrom, head),
      ...(isWhole ? restOf(head) : around === null ? [] : [around]),
    ]
  }

  // Nothing else of a need goes into the query: the gateway refuses what it does not know.
  const readEvents = async ({ after, limit }: Range) => {
    const { events } = await reads.getEvents(taskId, { after, limit })
    return events
  }

  /** False: it brought nothing. */
  const read = async (need: Need): Promise<boolean> => {
    if (need.kind === 'ticks') {
      const before = ticks.length
      past.takeTicks(await reads.getTicks(taskId))
      hasTicks = true
      return ticks.length > before
    }
    if (need.kind === 'state') {
      const { state } = await reads.getTaskAt(taskId, need.at)
      history.keep(need.at, state)
      return true
    }
    const events = await readEvents(need)
    past.put(events)
    return events.length > 0
  }

  const loop = createNeedLoop<Need>({
    needs,
    meet: async (need) => {
      const hasCome = await read(need)
      onRead()
      return hasCome
    },
    later,
    restMs: retryMs,
  })

  return {
    run: loop.run,
    wake: loop.wake,
    look: (from, to) => {
      looked = { from, to: Math.min(to, from + eventsPerRead) }
      loop.run()
    },
    readEvents,
    readThrough: async ({ after, to, take, signal }) => {
      for (let from = after; from < to;) {
        const events = await readEvents({ after: from, limit: Math.min(eventsPerRead, to - from) })
        if (signal.aborted || events.length === 0) return
        take(events)
        from += events.length
      }
    },
  }
}
