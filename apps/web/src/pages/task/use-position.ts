import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useCallback, useEffect, useRef } from 'react'
import type { TaskSession } from '../../live/task-session.ts'

const route = getRouteApi('/tasks/$taskId/{-$view}')
/** Dragging rewrites the address at most this often. */
const rewriteMs = 250

export type Seek = (seq: number, options?: { push?: boolean }) => void

/** The position that is looked at, in the address and in the session: each follows the other. */
export const usePosition = (session: TaskSession): { seek: Seek; goLive: () => void } => {
  const { at } = route.useSearch()
  const navigate = useNavigate({ from: '/tasks/$taskId/{-$view}' })
  const written = useRef<number | undefined>(undefined)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const latest = useRef(0)
  const settle = useCallback(() => {
    clearTimeout(timer.current)
    timer.current = undefined
  }, [])

  useEffect(() => {
    // Back, forward and typed addresses; what we wrote ourselves is shown already.
    if (at === written.current) return
    settle()
    written.current = at
    if (at === undefined) session.goLive()
    else session.seek(at)
  }, [at, session, settle])

  useEffect(() => settle, [settle])

  const write = useCallback(
    (seq: number | undefined, replace: boolean) => {
      written.current = seq
      void navigate({ search: (before) => ({ ...before, at: seq }), replace, resetScroll: false })
    },
    [navigate],
  )
  const seek = useCallback<Seek>(
    (seq, { push = false } = {}) => {
      session.seek(seq)
      latest.current = seq
      if (push) {
        settle()
        write(seq, false)
        return
      }
      // While somebody drags on, or plays, the address follows now and then.
      timer.current ??= setTimeout(() => {
        settle()
        write(latest.current, true)
      }, rewriteMs)
    },
    [session, settle, write],
  )
  const goLive = useCallback(() => {
    settle()
    session.goLive()
    write(undefined, false)
  }, [session, settle, write])
  return { seek, goLive }
}
