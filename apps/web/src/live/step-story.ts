import type { StepId } from '@maestro/contracts/ids'
import { outlineOf } from '@maestro/task-model/outline-of'
import type { BornTask, Step, Task } from '@maestro/task-model/task'
import { eventsPerRead } from './events-per-read.ts'
import { createKeptStates } from './kept-states.ts'
import { foldAt, type TaskEventAt } from './task-event-at.ts'

/** One for every read: most of each is shared with the others. */
const statesMax = 40
const retryMs = 2_000

type Wish = { stepId: StepId; seq: number }

/**
 * All turns and calls of one step of a long task, of which every state that is answered is an outline:
 * told from its events, from the first of its own on.
 * W1: `at` is the step as the fold of the whole history has it at that position, or null while it is being read.
 */
export type StepStory = {
  at: (wish: Wish) => Step | null
  /** How far it is read; null when nothing is being read. */
  reading: () => { from: number; at: number; to: number } | null
}

export const createStepStory = ({
  stateAt,
  readEvents,
  eventAt,
  firstOf,
  onTaken,
}: {
  stateAt: (seq: number) => Promise<Task>
  readEvents: (range: { after: number; limit: number }) => Promise<readonly TaskEventAt[]>
  /** An event that is here. */
  eventAt: (seq: number) => TaskEventAt | undefined
  /** The first event of a step; null when there is none. */
  firstOf: (stepId: StepId) => number | null
  onTaken: () => void
}): StepStory => {
  let told: StepId | null = null
  let states = createKeptStates<BornTask>(statesMax)
  let progress: { from: number; at: number; to: number } | null = null
  let restsUntilMs = 0

  const aim = (stepId: StepId) => {
    if (told === stepId) return
    told = stepId
    states = createKeptStates(statesMax)
    restsUntilMs = 0
  }

  const keep = (stepId: StepId, task: Task) => {
    if (task.status === 'unborn') return
    const outline = outlineOf(task)
    const step = task.steps[stepId]
    const steps = step === undefined ? outline.steps : { ...outline.steps, [stepId]: step }
    states.keep(task.seq, { ...outline, steps })
  }

  /** As far as the events that are here lead. */
  const foldHere = ({ stepId, seq }: Wish): Step | null => {
    const base = states.nearest(seq)
    if (base === null) return null
    const events: TaskEventAt[] = []
    for (let next = base.seq + 1; next <= seq; next += 1) {
      const event = eventAt(next)
      if (event === undefined) return null
      events.push(event)
    }
    const task = foldAt(base.state, events)
    if (seq > base.seq) keep(stepId, task)
    return task.status === 'unborn' ? null : (task.steps[stepId] ?? null)
  }

  const begin = async (wish: Wish, first: number) => {
    const { stepId, seq } = wish
    const base = states.nearest(seq)
    let task: Task = base?.state ?? (await stateAt(first - 1))
    const from = base?.seq ?? first - 1
    while (told === stepId && (task.status === 'unborn' ? 0 : task.seq) < seq) {
      const after = task.status === 'unborn' ? 0 : task.seq
      const events = await readEvents({ after, limit: Math.min(eventsPerRead, seq - after) })
      if (events.length === 0) throw new Error('the history ends before what is shown')
      task = foldAt(task, events)
      if (told === stepId) keep(stepId, task)
      progress = { from, at: after + events.length, to: seq }
      onTaken()
    }
    if (told === stepId) keep(stepId, task)
  }

  const read = async (wish: Wish, first: number) => {
    progress = { from: first - 1, at: first - 1, to: wish.seq }
    try {
      await begin(wish, first)
    } catch {
      // Asked again later: the position may have been too new, or the server was away.
      restsUntilMs = Date.now() + retryMs
    }
    progress = null
    onTaken()
  }

  return {
    at: (wish) => {
      aim(wish.stepId)
      const here = foldHere(wish)
      if (here !== null) return here
      const first = firstOf(wish.stepId)
      if (first === null || first > wish.seq) return null
      if (progress === null && Date.now() >= restsUntilMs) void read(wish, first)
      return null
    },
    reading: () => progress,
  }
}
