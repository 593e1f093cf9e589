import { AppError } from '@maestro/contracts/errors'
import type { ServerMessage } from '@maestro/contracts/gateway/live-feed'
import type { StepId, TaskId } from '@maestro/contracts/ids'
import { type Step, type Task, unbornTask } from '@maestro/task-model/task'
import { createStore, type StoreApi } from 'zustand/vanilla'
import { createDeltaTexts, type DeltaTexts } from './delta-texts.ts'
import { createGapFilling, type GapFilling } from './gap-filling.ts'
import { keyframeEvery } from './kept-states.ts'
import type { LiveSocket } from './live-socket.ts'
import { createShowing } from './showing.ts'
import { createShownTicks } from './shown-ticks.ts'
import { createStepStory } from './step-story.ts'
import { createStitch } from './stitch.ts'
import { foldAt, type TaskEventAt, toTaskEventAt } from './task-event-at.ts'
import { isLong, shapeOf } from './task-length.ts'
import { createTaskPast } from './task-past.ts'
import { createTaskReading, type TaskReading } from './task-reading.ts'
import { firstView, type TaskReads, type TaskView } from './task-view.ts'
import { createTimers } from './timers.ts'

// A task, followed live and looked at anywhere in its past.
// T1: what is shown live is the fold of every event up to `head`, each applied once and in order (`stitch`, `gap-filling`).
// T2: what is shown at a position is the fold of the first `seq` events, whatever came meanwhile.
//     Of a long task both are outlines.
// T3: events change the store at most once per frame and as often as the page can show it (`showing`), a person's
//     seek at once.
// T4: all ticks are held, and of events and states a bounded number, however long the task is (`task-past`). A short
//     one is read whole once it is drawn; of a long one what somebody looks at (`task-reading`).

const previewEveryMs = 100
/** Of so many steps. */
const largeFrom = 100

export type TaskSession = Pick<TaskReading, 'look' | 'readThrough'> &
  Pick<GapFilling, 'check'> & {
    taskId: TaskId
    view: StoreApi<TaskView>
    deltas: DeltaTexts
    /** An event that is here; `view.held` tells when others are. */
    event: (seq: number) => TaskEventAt | undefined
    /** A step with all of its turns and calls at a position; null while they are being read. */
    wholeStep: (stepId: StepId, seq: number) => Step | null
    /** How far the reading of such a step is; null when nothing is being read. */
    readingStep: () => { from: number; at: number; to: number } | null
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
  const past = createTaskPast()
  const { history } = past
  const stitch = createStitch<TaskEventAt>(0)
  const topic = `task:${taskId}` as const
  const { later, end: endTimers } = createTimers()

  let headTask: Task = unbornTask
  /** Events up to the head that are not folded into it yet: that is done once a frame for all of them. */
  let unfolded: TaskEventAt[] = []
  let wanted: number | null = null
  let generation = 0
  let isFollowed = false
  /** Calls whose text was asked for again: once each. */
  const renewed = new Set<string>()

  const foldHead = () => {
    headTask = foldAt(headTask, unfolded)
    unfolded = []
  }

  const show = () => {
    foldHead()
    const head = stitch.head()
    if (wanted !== null && head > 0) wanted = Math.min(wanted, head)
    const isOutline = isLong(head)
    const task = wanted === null ? null : history.at(wanted)
    const place =
      wanted === null
        ? { mode: 'live' as const, seq: head, task: headTask, isOutline, seekingTo: null }
        : task !== null
          ? { mode: 'replay' as const, seq: wanted, task, isOutline, seekingTo: null }
          : { seekingTo: wanted }
    const { held, kept, ticks } = past
    view.setState({
      ...place,
      head,
      headTask,
      held: held(),
      kept: kept(),
      ticks: shownTicks.of(ticks),
    })
    // What else there is to read is read once the page stands.
    if (!showing.isBuilding()) reading.run()
  }
  const showing = createShowing({ show, nextFrame, later })
  const shownTicks = createShownTicks({ later, onDue: showing.soon })

  const reading = createTaskReading({
    taskId,
    reads,
    past,
    place: () => (isFollowed ? { head: stitch.head(), wanted } : null),
    later,
    onRead: showing.soon,
  })

  const story = createStepStory({
    stateAt: async (seq) => (await reads.getTaskAt(taskId, seq)).state,
    readEvents: reading.readEvents,
    eventAt: history.event,
    firstOf: (stepId) => {
      const index = past.ticks.findIndex((tick) => tick.stepId === stepId)
      return index === -1 ? null : index + 1
    },
    onTaken: () => {
      past.renewHeld()
      showing.soon()
    },
  })

  /** Events in order and without a gap: into the state and the past. */
  const apply = (events: readonly TaskEventAt[]) => {
    for (const placed of events) {
      unfolded.push(placed)
      if (placed.seq % keyframeEvery === 0) {
        foldHead()
        headTask = shapeOf(headTask)
        history.keep(placed.seq, headTask)
      }
      past.keepMomentOf(placed)
      const { event } = placed
      if (event?.type === 'CallFinished' || event?.type === 'CallFailed')
        deltas.drop(event.data.callId)
    }
    past.put(events)
    showing.soon()
  }

  const takeSnapshot = async () => {
    const mine = generation
    const { seq, state } = await reads.getTask(taskId)
    if (mine !== generation || seq <= stitch.head()) return
    stitch.reset(seq)
    headTask = state
    unfolded = []
    history.keep(seq, state)
  }

  const gaps = createGapFilling({
    stitch,
    readEvents: reading.readEvents,
    takeSnapshot: async () => {
      await takeSnapshot()
      showing.soon()
    },
    apply,
    later,
  })

  const onMessage = (message: ServerMessage) => {
    if (message.op === 'event') {
      apply(stitch.take([toTaskEventAt(message.event)]))
      gaps.watch()
    } else if (message.op === 'delta') {
      deltas.take(message)
      if (deltas.isTorn(message.callId) && !renewed.has(message.callId)) {
        renewed.add(message.callId)
        socket.renew(topic)
      }
    } else if (message.op === 'head') {
      stitch.hear(message.seq)
      gaps.watch()
    }
  }

  const start = () => {
    generation += 1
    isFollowed = true
    gaps.reset()
    showing.reset()
    reading.wake()
    const mine = generation
    const ends: (() => void)[] = []
    const follow = () => {
      if (mine === generation) ends.push(socket.subscribe(topic, { after: stitch.head, onMessage }))
    }
    view.setState({ status: 'loading', error: null })

    const open = async () => {
      try {
        await takeSnapshot()
        if (mine !== generation) return
        const isLarge = headTask.status !== 'unborn' && headTask.order.length >= largeFrom
        if (isLarge) showing.build(follow)
        show()
        view.setState({ status: 'ready' })
        if (!isLarge) follow()
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
      gaps.reset()
      clearInterval(previews)
      endTimers()
      for (const end of ends) end()
    }
  }

  return {
    taskId,
    view,
    deltas,
    event: history.event,
    look: reading.look,
    wholeStep: (stepId, seq) => story.at({ stepId, seq }),
    readingStep: story.reading,
    readThrough: reading.readThrough,
    check: gaps.check,
    seek: (seq) => {
      wanted = Math.max(1, Math.min(seq, stitch.head() || seq))
      // At once: the next key of the same frame goes on from here.
      show()
    },
    goLive: () => {
      wanted = null
      show()
    },
    hold: showing.hold,
    start,
  }
}
