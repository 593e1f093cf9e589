import type { TaskId } from '@maestro/contracts/ids'
import { type RefObject, useCallback, useEffect, useMemo } from 'react'
import { useStore } from 'zustand'
import { searchTaskLogs } from '../../../../api/logs.ts'
import { useApp } from '../../../../shell/app-context.ts'
import { createServiceTail, type ServiceView } from './service-tail.ts'

const linesPerPage = 200
/** A process sends its lines once a second, and they are there a moment later. */
const refreshMs = 2_000

type Options = {
  taskId: TaskId
  q: string
  toMs: number | null
  /** Whether the newest lines are what is looked at. */
  follows: RefObject<boolean>
}

/** The lines of a task at a filter: those that come too, as long as no end is given and somebody looks. */
export const useServiceTail = ({
  taskId,
  q,
  toMs,
  follows,
}: Options): ServiceView & { refresh: () => void; readOlder: () => void } => {
  const { http } = useApp()
  const tail = useMemo(() => {
    // The moment itself is shown; a search leaves its end out.
    const to = toMs === null ? undefined : new Date(toMs + 1).toISOString()
    return createServiceTail((range) =>
      searchTaskLogs(http, taskId, { ...range, q, to, limit: linesPerPage }),
    )
  }, [http, taskId, q, toMs])

  const refresh = useCallback(
    () => void tail.refresh({ follows: follows.current }),
    [tail, follows],
  )

  useEffect(() => {
    refresh()
    if (toMs !== null) return undefined
    const timer = setInterval(() => {
      if (!document.hidden) refresh()
    }, refreshMs)
    return () => clearInterval(timer)
  }, [refresh, toMs])

  const view = useStore(tail.view)
  return { ...view, refresh, readOlder: () => void tail.readOlder() }
}
