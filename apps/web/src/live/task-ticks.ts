import type { TaskEventAt } from './task-event-at.ts'

/** One event as the scrubber needs it; its place in the list is its seq minus one. */
export type TaskTick = {
  readonly atMs: number
  readonly kind: string
  readonly stepId: string | null
}

export const tickOf = ({ atMs, kind, event }: TaskEventAt): TaskTick => ({
  atMs,
  kind,
  stepId: event !== null && 'stepId' in event.data ? (event.data.stepId ?? null) : null,
})
