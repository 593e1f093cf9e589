import { createTimeBook } from '@maestro/task-model/time/time-book'
import { useDeferredValue, useMemo } from 'react'
import { useNow } from '../../../ui/use-now.ts'
import { useTaskSession, useView } from '../task-context.ts'
import { type Waterfall, waterfallOf } from './waterfall-rows.ts'

/** While a task runs its bars grow once a second; that bounds how often a long history is told anew. */
const tellEveryMs = 1_000

/** Where the time went up to the shown position; null until its events are here. */
export const useWaterfall = (): Waterfall | null => {
  const session = useTaskSession()
  const isLive = useView((view) => view.mode === 'live')
  const isGoing = useView(({ task }) => task.status !== 'unborn' && task.stage !== 'ended')
  // Live, what comes between two seconds is told with the next one.
  const pastSeq = useView((view) => (view.mode === 'live' && isGoing ? null : view.seq))
  const hasAll = useView((view) => view.loaded >= view.seq && view.loaded > 0)
  const now = useNow(tellEveryMs, isLive && isGoing)
  const wanted = useDeferredValue(pastSeq)
  return useMemo(() => {
    const { seq, task } = session.view.getState()
    if (!hasAll || task.status === 'unborn') return null
    const book = createTimeBook()
    for (const { event } of session.events().slice(0, wanted ?? seq))
      if (event !== null) book.note(event)
    return waterfallOf(task, book.read(isLive && isGoing ? now : undefined))
  }, [session, hasAll, wanted, isLive, isGoing, now])
}
