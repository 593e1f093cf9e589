import type { TaskEvent } from '@maestro/contracts/task/task-events'
import { useCallback, useRef } from 'react'
import type { TaskEventAt } from '../../../live/task-event-at.ts'
import { useView } from '../task-context.ts'
import { useEveryFact } from '../use-every-fact.ts'

type ChosenEvents = {
  readonly events: readonly TaskEvent[]
  /** Whether everything up to the shown moment is here. */
  readonly isWhole: boolean
}

const none: readonly TaskEvent[] = []

/** Events up to the shown moment that fit, oldest first; those of a long task are read through once. What fits must stay the same for as long as `about` does. */
export const useEventsThat = (about: string, fits: (event: TaskEvent) => boolean): ChosenEvents => {
  const seq = useView((view) => view.seq)
  // What is read while one looks is told as it comes.
  useView((view) => view.held)
  const latest = useRef(fits)
  latest.current = fits
  const pick = useCallback(
    ({ event }: TaskEventAt) =>
      about !== '' && event !== null && latest.current(event) ? event : null,
    [about],
  )
  const { facts } = useEveryFact(pick, seq)
  return { events: facts ?? none, isWhole: facts !== null }
}
