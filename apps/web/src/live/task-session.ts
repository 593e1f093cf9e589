import { AppError } from '@maestro/contracts/errors'
import type { ServerMessage } from '@maestro/contracts/gateway/live-feed'
import type { TaskId } from '@maestro/contracts/ids'
import { type Task, unbornTask } from '@maestro/task-model/task'
import { createStore, type StoreApi } from 'zustand/vanilla'
import { createDeltaTexts, type DeltaTexts } from './delta-texts.ts'
import type { LiveSocket } from './live-socket.ts'
import { createShownTicks } from './shown-ticks.ts'
import { createStitch } from './stitch.ts'
import { evolveAt, type TaskEventAt, toTaskEventAt } from './task-event-at.ts'
import { createTaskGlimpse } from './task-glimpse.ts'
import { createTaskHistory } from './task-history.ts'
import { type TaskTick, tickOf } from './task-ticks.ts'
import { firstView, type TaskReads, type TaskView } from './task-view.ts'

// A task, followed live and looked at anywhere in its past.
// T1: what is shown live is the fold of every event up to `head`, each applied once and in order.
// T2: what is shown at a position is the fold of the first `seq` events, whatever came meanwhile.
//     Of a long task both are outlines until its events are here.
// T3: events change the store at most once per frame, a person's seek at once.

/** How long a gap may fill itself before it is fetched. */
const gapMs = 1_000
/** Further behind than this a new snapshot is cheaper than the events. */
const behindMax = 5_000
const eventsPerFetch = 1_000
const previewEveryMs = 100
const retryMs = 2_000

export type TaskSession = {
  taskId: TaskId
  view: StoreApi<TaskView>
  deltas: DeltaTexts
  /** Grows in place; `view.loaded` tells how far. */
  events: () => readonly TaskEventAt[]
  seek: (seq: number) => void
  goLive: () => void
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
  const history = createTaskHistory({ evolve: evolveAt, unborn: unbornTask })
  const stitch = createStitch<TaskEventAt>(0)
  const topic = `task:${taskId}` as const

  let headTask: Task = unbornTask
  /** It was answered in outline: it gives way to the whole once every event is here. */
  let isOutline = false
  let ticks: TaskTick[] = []
  let wanted: number | null = null
  let generation = 0
  let frameAsked = false
  let filling = false
  let loading = false
  const timers = new Set<ReturnType<typeof setTimeout>>()
  const renewed = new Set<string>()

  const later = (ms: number, run: () => void) => {
    const timer = setTimeout(() => {
      timers.delete(timer)
      run()
    }, ms)
    timers.add(timer)
  }

  const glimpse = createTaskGlimpse({
    read: (at) => reads.getTaskAt(taskId, at),
    onTaken: () => publish(),
  })
  const shownTicks = createShownTicks((ms) => later(ms, publish))

  const publish = () => {
    if (frameAsked) return
    frameAsked = true
    nextFrame(() => {
      frameAsked = false
      publishNow()
    })
  }

  const publishNow = () => {
    const head = stitch.head()
    if (wanted !== null && head > 0) wanted = Math.min(wanted, head)
    const loaded = history.length()
    const past = wanted === null ? null : pastAt(wanted, loaded)
    const place =
      wanted === null
        ? { mode: 'live' as const, seq: head, task: headTask, isOutline, seekingTo: null }
        : past !== null
          ? { mode: 'replay' as const, ...past, seekingTo: null }
          : { seekingTo: wanted }
    view.setState({ ...place, head, headTask, loaded, ticks: shownTicks.of(ticks) })
  }

  /** Of what is less than a page away the events come as soon as a glimpse would. */
  const pastAt = (seq: number, loaded: number) => {
    if (seq <= loaded) return { seq, task: history.at(seq), isOutline: false }
    const glimpsed = seq - loaded > eventsPerFetch ? glimpse.at(seq) : null
    return glimpsed && { ...glimpsed, isOutline: true }
  }

  /** Events in order and without a gap: into the state, the history and the ticks. */
  const apply = (events: readonly TaskEventAt[]) => {
    for (const placed of events) {
      headTask = evolveAt(headTask, placed)
      const { event } = placed
      if (event?.type === 'CallFinished' || event?.type === 'CallFailed')
        deltas.drop(event.data.callId)
    }
    remember(events)
    publish()
  }

  const remember = (events: readonly TaskEventAt[]) => {
    history.append(events)
    for (const event of events) if (event.seq === ticks.length + 1) ticks.push(tickOf(event))
  }

  const watchGap = () => {
    if (filling || stitch.missingFrom() === null) return
    filling = true
    const mine = generation
    later(gapMs, () => void fillGap(mine))
  }

  const fillGap = async (mine: number) => {
    try {
      while (mine === generation && stitch.missingFrom() !== null) {
        if (stitch.behind() > behindMax) await takeSnapshot()
        const read = await reads.getEvents(taskId, { after: stitch.head(), limit: eventsPerFetch })
        if (mine !== generation) return
        const ready = stitch.take(read.events)
        apply(ready)
        // Nothing came although the server told of more: wait for its next word.
        if (ready.length === 0) break
      }
      filling = false
      void loadHistory(mine)
    } catch {
      if (mine === generation) later(retryMs, () => void fillGap(mine))
    }
  }

  const takeSnapshot = async () => {
    const { seq, state, detail } = await reads.getTask(taskId)
    if (seq <= stitch.head()) return
    stitch.reset(seq)
    headTask = state
    isOutline = detail === 'outline'
    publish()
  }

  /** The whole takes the place of the outline, folded a page at a time so that the page stays quick. */
  const makeWhole = () => {
    const whole = history.at(history.length())
    if (history.length() < stitch.head()) return
    headTask = whole
    isOutline = false
  }

  /** Everything before the snapshot, so that any position can be shown. */
  const loadHistory = async (mine: number) => {
    if (loading) return
    loading = true
    try {
      while (mine === generation && history.length() < stitch.head()) {
        const after = history.length()
        const { events } = await reads.getEvents(taskId, { after, limit: eventsPerFetch })
        if (mine !== generation) break
        remember(events)
        if (isOutline) makeWhole()
        publish()
        if (history.length() === after) break
      }
    } catch {
      if (mine === generation) later(retryMs, () => void loadHistory(mine))
    } finally {
      loading = false
    }
  }

  const loadTicks = async (mine: number) => {
    // The ticks only let the scrubber draw early: without them it draws as the events come.
    const early = await reads.getTicks(taskId).catch(() => [])
    if (mine !== generation || early.length <= ticks.length) return
    ticks = [...early]
    publish()
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
    filling = false
    loading = false
    const mine = generation
    const ends: (() => void)[] = []
    view.setState({ status: 'loading', error: null })

    const open = async () => {
      try {
        const { seq, state, detail } = await reads.getTask(taskId)
        if (mine !== generation) return
        if (seq > stitch.head()) {
          stitch.reset(seq)
          headTask = state
          isOutline = detail === 'outline'
        }
        publishNow()
        view.setState({ status: 'ready' })
        ends.push(socket.subscribe(topic, { after: stitch.head, onMessage }))
        void loadTicks(mine)
        void loadHistory(mine)
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
    events: history.events,
    seek: (seq) => {
      wanted = Math.max(1, Math.min(seq, stitch.head() || seq))
      // At once: the next key of the same frame goes on from here.
      publishNow()
    },
    goLive: () => {
      wanted = null
      publishNow()
    },
    start,
  }
}
