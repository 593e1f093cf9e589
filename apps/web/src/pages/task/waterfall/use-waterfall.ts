import { createTimeBook } from '@maestro/task-model/time/time-book'
import { timeFactOf } from '@maestro/task-model/time/time-fact'
import { useDeferredValue, useMemo } from 'react'
import type { TaskEventAt } from '../../../live/task-event-at.ts'
import { useNow } from '../../../ui/use-now.ts'
import { useTaskSession, useView } from '../task-context.ts'
import { useEveryFact } from '../use-every-fact.ts'
import { type Waterfall, waterfallOf } from './waterfall-rows.ts'

/** While a task runs its bars grow once a second; that bounds how often a long history is told anew. */
const tellEveryMs = 1_000

const pick = ({ event }: TaskEventAt) => (event === null ? null : timeFactOf(event))

/** Where the time went up to the shown position; null until its events are read, of which so many are. */
export const useWaterfall = (): { waterfall: Waterfall | null; told: number } => {
  const session = useTaskSession()
  const isLive = useView((view) => view.mode === 'live')
  const isGoing = useView(({ task }) => task.status !== 'unborn' && task.stage !== 'ended')
  // Live, what comes between two seconds is told with the next one.
  const pastSeq = useView((view) => (view.mode === 'live' && isGoing ? null : view.seq))
  // A short task is read whole by itself; until then each page of it may be what is waited for.
  useView((view) => (view.isOutline || view.held.count >= view.seq ? null : view.held))
  const now = useNow(tellEveryMs, isLive && isGoing)
  const wanted = useDeferredValue(pastSeq)
  const { facts, told } = useEveryFact(pick, wanted ?? session.view.getState().seq)
  const waterfall = useMemo(() => {
    const { task, seq, ticks } = session.view.getState()
    if (facts === null || task.status === 'unborn') return null
    const book = createTimeBook()
    for (const fact of facts) book.note(fact)
    const shownMs = ticks[seq - 1]?.atMs
    return waterfallOf(task, book.read(isLive && isGoing ? now : shownMs))
  }, [session, facts, isLive, isGoing, now])
  return { waterfall, told }
}
