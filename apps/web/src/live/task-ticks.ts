import type { TaskEventAt } from './task-event-at.ts'

/** One event as the scrubber needs it; its place in the list is its seq minus one. */
export type TaskTick = {
  readonly atMs: number
  readonly kind: string
  readonly stepId: string | null
  /** The task was paused by its budget, which its kind does not say. */
  readonly isBudget?: true
}

/** A state that the timeline keeps, and why. */
export type KeptMoment = {
  readonly seq: number
  readonly reason: 'plan-approved' | 'human-edit' | 'rerun'
}

export type TicksRead = { ticks: readonly TaskTick[]; kept: readonly KeptMoment[] }

export const stepIdOf = ({ event }: Pick<TaskEventAt, 'event'>): string | null =>
  event !== null && 'stepId' in event.data ? (event.data.stepId ?? null) : null

const isByBudget = ({ event }: TaskEventAt): boolean =>
  event?.type === 'TaskPaused' && event.data.reason === 'budget'

/** After which event the timeline keeps a state because people come back to it; null: after this one not. */
export const keptMomentOf = ({ seq, event }: TaskEventAt): KeptMoment | null => {
  if (event?.type === 'TaskStarted') return { seq, reason: 'plan-approved' }
  if (event?.type === 'PlanEdited' || event?.type === 'AgentModified')
    return { seq, reason: 'human-edit' }
  return event?.type === 'StepReset' && event.data.because === 'rerun'
    ? { seq, reason: 'rerun' }
    : null
}

/**
 * Every event of a task as a tick, in order. Ticks are small, so that all of them are held:
 * each name is held once, and no tick holds on to the event that it was made from.
 */
export const createTickList = () => {
  const names = new Map<string, string>()
  const list: TaskTick[] = []
  const once = (name: string): string => {
    const known = names.get(name)
    if (known !== undefined) return known
    names.set(name, name)
    return name
  }
  const tickOf = ({ atMs, kind, stepId }: TaskTick): TaskTick => ({
    atMs,
    kind: once(kind),
    stepId: stepId === null ? null : once(stepId),
  })
  return {
    list: list as readonly TaskTick[],
    /** The next event; of one that is here already only what its kind does not say. */
    add: (event: TaskEventAt) => {
      if (event.seq > list.length + 1) return
      const { atMs, kind, seq } = event
      if (isByBudget(event))
        list[seq - 1] = { ...tickOf({ atMs, kind, stepId: null }), isBudget: true }
      else if (seq === list.length + 1) list.push(tickOf({ atMs, kind, stepId: stepIdOf(event) }))
    },
    /** What was read at once; what is here already stays. */
    extend: (ticks: readonly TaskTick[]) => {
      for (const tick of ticks.slice(list.length)) list.push(tickOf(tick))
    },
  }
}
