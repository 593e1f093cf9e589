import { useEffect, useMemo, useState } from 'react'
import { createFactList } from '../../live/fact-list.ts'
import type { TaskEventAt } from '../../live/task-event-at.ts'
import { useTaskSession, useView } from './task-context.ts'

const retryMs = 2_000

/**
 * Facts of every event up to a position; null while some are not told yet, and how many events are told.
 * Of a long task, whose events are not here, they are read through once.
 */
export const useEveryFact = <Fact>(
  pick: (event: TaskEventAt) => Fact | null,
  seq: number,
): { facts: readonly Fact[] | null; told: number } => {
  const session = useTaskSession()
  const list = useMemo(() => createFactList({ pick, eventAt: session.event }), [session, pick])
  const isLong = useView((view) => view.isOutline)
  const [read, setRead] = useState(0)
  if (seq > 0) list.goOn()
  // A short task comes whole by itself.
  const hasGap = isLong && list.told() < seq

  useEffect(() => {
    if (!hasGap) return
    const end = new AbortController()
    let timer: ReturnType<typeof setTimeout> | undefined
    const take = (events: readonly TaskEventAt[]) => {
      list.take(events)
      setRead(list.told())
    }
    const readOn = async () => {
      const head = () => session.view.getState().head
      while (!end.signal.aborted && list.told() < head()) {
        const after = list.told()
        await session.readThrough({ after, to: head(), take, signal: end.signal })
        list.goOn()
        if (list.told() === after) break
      }
    }
    const tryOn = () => {
      void readOn().catch(() => {
        if (!end.signal.aborted) timer = setTimeout(tryOn, retryMs)
      })
    }
    tryOn()
    return () => {
      end.abort()
      clearTimeout(timer)
    }
  }, [session, list, hasGap])

  const isTold = seq > 0 && list.told() >= seq
  const facts = useMemo(() => (isTold ? list.upTo(seq) : null), [list, isTold, seq])
  return { facts, told: Math.max(list.told(), read) }
}
