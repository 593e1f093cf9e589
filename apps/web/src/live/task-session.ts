import { AppError } from '@maestro/contracts/errors'
import type { ServerMessage } from '@maestro/contracts/gateway/live-feed'
import type { StepId, TaskId } from '@maestro/contracts/ids'
import { type Step, type Task, unbornTask } from '@maestro/task-model/task'
import { createStore, type StoreApi } from 'zustand/vanilla'
import { createDeltaTexts, type DeltaTexts } from './delta-texts.ts'
import { eventsPerPage } from './event-pages.ts'
import { keyframeEvery } from './kept-states.ts'
import type { LiveSocket } from './live-socket.ts'
import { createNeedLoop } from './need-loop.ts'
import { createPace } from './pace.ts'
import { createShownTicks } from './shown-ticks.ts'
import { createStepStory } from './step-story.ts'
import { createStitch } from './stitch.ts'
import { foldAt, type TaskEventAt, toTaskEventAt } from './task-event-at.ts'
import { createTaskHistory, type HistoryLack } from './task-history.ts'
import { isLong, shapeOf } from './task-length.ts'
import { createTickList, keptMomentOf, type KeptMoment } from './task-ticks.ts'
import { firstView, type TaskReads, type TaskView } from './task-view.ts'

// A task, followed live and looked at anywhere in its past.
// T1: what is shown live is the fold of every event up to `head`, each applied once and in order.
// T2: what is shown at a position is the fold of the first `seq` events, whatever came meanwhile.
//     Of a long task both are outlines.
// T3: events change the store at most once per frame and as often as the page can show it (`pace`), a person's
//     seek at once.
// T4: all ticks are held, and of events and states a bounded number, however long the task is. A short
//     one is read whole once it is drawn; of a long one what somebody looks at.

/** How long a gap may fill itself before it is fetched. */
const gapMs = 1_000
/** Further behind than this a new snapshot is cheaper than the events. */
const behindMax = 5_000
const eventsPerFetch = 1_000
const previewEveryMs = 100
const retryMs = 2_000
/** A page that does not say when it stands is taken to stand by then. */
const buildingMs = 2_000
/** Of so many steps. */
const largeFrom = 100

type Need = HistoryLack | { kind: 'ticks' }

export type TaskSession = {
  taskId: TaskId
  view: StoreApi<TaskView>
  deltas: DeltaTexts
  /** An event that is here; `view.held` tells when others are. */
  event: (seq: number) => TaskEventAt | undefined
  /** Somebody looks at these events: those that are not here are fetched. */
  look: (from: number, to: number) => void
  /** A step with all of its turns and calls at a position; null while they are being read. */
  wholeStep: (stepId: StepId, seq: number) => Step | null
  /** How far the reading of such a step is; null when nothing is being read. */
  readingStep: () => { from: number; at: number; to: number } | null
  /** All events of a range, a page at a time, without holding on to them. */
  readThrough: (range: {
    after: number
    to: number
    take: (events: readonly TaskEventAt[]) => void
    signal: AbortSignal
  }) => Promise<void>
  /** Asks whether something has happened that was not told here; what cannot be asked now the live feed tells later. */
  check: () => void
  seek: (seq: number) => void
  goLive: () => void
  /** While somebody moves a large picture, what happens is shown less often. Put down, it stands. */
  hold: (isHeld: boolean) => void
  /** Begins to follow; what it returns ends it. */
  start: () => () => void
}

export const createTaskSession = ({
  taskId,
  reads,
  socket,
  nextFrame = (run) => void requestAnimationFrame(run),
}: {
  taskId: TaskId
  reads: TaskReads
  socket: Pick<LiveSocket, 'subscribe' | 'renew'>
  nextFrame?: (run: () => void) => void
}): TaskSession => {
  const view = createStore<TaskView>(() => firstView)
  const deltas = createDeltaTexts()
  const history = createTaskHistory({ fold: foldAt, unborn: unbornTask, shape: shapeOf })
  const stitch = createStitch<TaskEventAt>(0)
  const ticks = createTickList()
  const topic = `task:${taskId}` as const

  let headTask: Task = unbornTask
  /** Events up to the head that are not folded into it yet: that is done once a frame for all of them. */
  let unfolded: TaskEventAt[] = []
  let kept: readonly KeptMoment[] = []
  let wanted: number | null = null
  let looked: { from: number; to: number } | null = null
  let generation = 0
  let isFollowed = false
  let hasTicks = false
  const pace = createPace(() => performance.now())
  let frameAsked = false
  let isBuilding = false
  let onBuilt = () => {}
  let filling = false
  let held = firstView.held
  let isHeldNew = false
  const timers = new Set<ReturnType<typeof setTimeout>>()
  const renewed = new Set<string>()

  const later = (ms: number, run: () => void) => {
    const timer = setTimeout(() => {
      timers.delete(timer)
      run()
    }, ms)
    timers.add(timer)
  }

  const shownTicks = createShownTicks({ later, onDue: () => publish() })

  const publish = () => {
    if (frameAsked || isBuilding) return
    frameAsked = true
    const waitMs = pace.waitMs()
    if (waitMs > 0) later(waitMs, askFrame)
    else askFrame()
  }

  const askFrame = () =>
    nextFrame(() => {
      if (!frameAsked) return
      frameAsked = false
      const begunAtMs = performance.now()
      publishNow()
      // What renders because of it does so before this.
      queueMicrotask(() => pace.took(performance.now() - begunAtMs))
    })

  const built = () => {
    if (!isBuilding) return
    isBuilding = false
    onBuilt()
    publish()
  }

  const hold = (isHeld: boolean) => {
    built()
    pace.hold(isHeld)
    if (isHeld || !frameAsked) return
    frameAsked = false
    publish()
  }

  const foldHead = () => {
    headTask = foldAt(headTask, unfolded)
    unfolded = []
  }

  const publishNow = () => {
    foldHead()
    const head = stitch.head()
    if (wanted !== null && head > 0) wanted = Math.min(wanted, head)
    const isOutline = isLong(head)
    const past = wanted === null ? null : history.at(wanted)
    const place =
      wanted === null
        ? { mode: 'live' as const, seq: head, task: headTask, isOutline, seekingTo: null }
        : past !== null
          ? { mode: 'replay' as const, seq: wanted, task: past, isOutline, seekingTo: null }
          : { seekingTo: wanted }
    if (isHeldNew) held = { count: history.count() }
    isHeldNew = false
    view.setState({ ...place, head, headTask, held, kept, ticks: shownTicks.of(ticks.list) })
    if (!isBuilding) reading.run()
  }

  /** Events in order and without a gap: into the state, the history and the ticks. A page that nobody sees has no frames. */
  const apply = (events: readonly TaskEventAt[]) => {
    for (const placed of events) {
      unfolded.push(placed)
      if (placed.seq % keyframeEvery === 0) {
        foldHead()
        headTask = shapeOf(headTask)
        history.keep(placed.seq, headTask)
      }
      const moment = keptMomentOf(placed)
      if (moment !== null) kept = [...kept, moment]
      const { event } = placed
      if (event?.type === 'CallFinished' || event?.type === 'CallFailed')
        deltas.drop(event.data.callId)
    }
    remember(events)
    publish()
  }

  const remember = (events: readonly TaskEventAt[]) => {
    history.put(events)
    isHeldNew = true
    for (const event of events) ticks.add(event)
    for (;;) {
      const next = history.event(ticks.list.length + 1)
      if (next === undefined) break
      ticks.add(next)
    }
  }

  const eventsLack = (from: number, to: number): readonly Need[] => {
    const missing = from > to ? null : history.missingIn(from, to)
    if (missing === null) return []
    return [
      { kind: 'events', after: missing - 1, limit: Math.min(eventsPerFetch, to - missing + 1) },
    ]
  }

  /** Of a short task, whatever is not here. */
  const restOf = (head: number) => (history.count() < head ? eventsLack(1, head) : [])

  /** What is missing, the most wanted first. */
  const needs = (): readonly Need[] => {
    const head = stitch.head()
    if (head === 0 || !isFollowed) return []
    const isWhole = !isLong(head)
    const ticksFrom = ticks.list.length + 1
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
  const readEvents = async ({ after, limit }: { after: number; limit: number }) => {
    const { events } = await reads.getEvents(taskId, { after, limit })
    return events
  }

  const meet = async (need: Need): Promise<boolean> => {
    const mine = generation
    if (need.kind === 'ticks') {
      const before = ticks.list.length
      const read = await reads.getTicks(taskId)
      hasTicks = true
      ticks.extend(read.ticks)
      // What came meanwhile is newer than what was read.
      const lastRead = read.kept.at(-1)?.seq ?? 0
      kept = [...read.kept, ...kept.filter(({ seq }) => seq > lastRead)]
      remember([])
      publish()
      return mine === generation && ticks.list.length > before
    }
    if (need.kind === 'state') {
      const { state } = await reads.getTaskAt(taskId, need.at)
      history.keep(need.at, state)
      publish()
      return mine === generation
    }
    const events = await readEvents(need)
    remember(events)
    publish()
    return mine === generation && events.length > 0
  }

  const reading = createNeedLoop<Need>({ needs, meet, later, restMs: retryMs })

  const story = createStepStory({
    stateAt: async (seq) => (await reads.getTaskAt(taskId, seq)).state,
    readEvents,
    eventAt: history.event,
    firstOf: (stepId) => {
      const index = ticks.list.findIndex((tick) => tick.stepId === stepId)
      return index === -1 ? null : index + 1
    },
    onTaken: () => {
      isHeldNew = true
      publish()
    },
  })

  const watchGap = () => {
    if (filling || stitch.missingFrom() === null) return
    filling = true
    const mine = generation
    later(gapMs, () => void fillGap(mine))
  }

  const fillGap = async (mine: number) => {
    try {
      while (mine === generation && stitch.missingFrom() !== null) {
        if (stitch.behind() > behindMax) {
          await takeSnapshot()
          publish()
        }
        const read = await reads.getEvents(taskId, { after: stitch.head(), limit: eventsPerFetch })
        if (mine !== generation) return
        const ready = stitch.take(read.events)
        apply(ready)
        // Nothing came although the server told of more: wait for its next word.
        if (ready.length === 0) break
      }
      filling = false
    } catch {
      if (mine === generation) later(retryMs, () => void fillGap(mine))
    }
  }

  const check = () => {
    const mine = generation
    readEvents({ after: stitch.head(), limit: eventsPerFetch }).then(
      (events) => {
        if (mine !== generation) return
        apply(stitch.take(events))
        watchGap()
      },
      () => {},
    )
  }

  const takeSnapshot = async () => {
    const { seq, state } = await reads.getTask(taskId)
    if (seq <= stitch.head()) return
    stitch.reset(seq)
    headTask = state
    unfolded = []
    history.keep(seq, state)
  }

  const onMessage = (message: ServerMessage) => {
    if (message.op === 'event') {
      apply(stitch.take([toTaskEventAt(message.event)]))
      watchGap()
    } else if (message.op === 'delta') {
      deltas.take(message)
      if (deltas.isTorn(message.callId) && !renewed.has(message.callId)) {
        renewed.add(message.callId)
        socket.renew(topic)
      }
    } else if (message.op === 'head') {
      stitch.hear(message.seq)
      watchGap()
    }
  }

  const start = () => {
    generation += 1
    isFollowed = true
    filling = false
    frameAsked = false
    isBuilding = false
    reading.wake()
    const mine = generation
    const ends: (() => void)[] = []
    view.setState({ status: 'loading', error: null })

    const open = async () => {
      try {
        await takeSnapshot()
        if (mine !== generation) return
        // A large page is built piece by piece now: whatever else there is to read is read when it stands.
        isBuilding = headTask.status !== 'unborn' && headTask.order.length >= largeFrom
        later(buildingMs, built)
        publishNow()
        view.setState({ status: 'ready' })
        const follow = () => {
          if (mine === generation)
            ends.push(socket.subscribe(topic, { after: stitch.head, onMessage }))
        }
        if (isBuilding) onBuilt = follow
        else follow()
      } catch (error) {
        if (mine !== generation) return
        const known = error instanceof AppError
        view.setState({
          status: 'failed',
          error: known ? error : new AppError('INTERNAL', {}, { cause: error }),
        })
      }
    }
    void open()
    const previews = setInterval(() => deltas.flush(), previewEveryMs)

    return () => {
      generation += 1
      isFollowed = false
      clearInterval(previews)
      for (const timer of timers) clearTimeout(timer)
      timers.clear()
      for (const end of ends) end()
    }
  }

  return {
    taskId,
    view,
    deltas,
    event: history.event,
    look: (from, to) => {
      looked = { from, to: Math.min(to, from + eventsPerFetch) }
      reading.run()
    },
    wholeStep: (stepId, seq) => story.at({ stepId, seq }),
    readingStep: story.reading,
    readThrough: async ({ after, to, take, signal }) => {
      for (let from = after; from < to;) {
        const events = await readEvents({ after: from, limit: Math.min(eventsPerFetch, to - from) })
        if (signal.aborted || events.length === 0) return
        take(events)
        from += events.length
      }
    },
    check,
    seek: (seq) => {
      wanted = Math.max(1, Math.min(seq, stitch.head() || seq))
      // At once: the next key of the same frame goes on from here.
      publishNow()
    },
    goLive: () => {
      wanted = null
      publishNow()
    },
    hold,
    start,
  }
}
