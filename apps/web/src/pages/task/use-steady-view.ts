import { useEffect, useState } from 'react'
import type { TaskView } from '../../live/task-view.ts'
import { useTaskSession } from './task-context.ts'

/** What is shown, live at most once in so many milliseconds; a position that somebody looks at, at once. */
export const useSteadyView = (everyMs: number): TaskView => {
  const { view } = useTaskSession()
  const [told, setTold] = useState(() => view.getState())
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let toldAt = -Infinity
    const tell = () => {
      clearTimeout(timer)
      timer = undefined
      toldAt = performance.now()
      setTold(view.getState())
    }
    const follow = ({ mode }: Pick<TaskView, 'mode'>) => {
      const waitMs = mode === 'live' ? toldAt + everyMs - performance.now() : 0
      if (waitMs <= 0) tell()
      else timer ??= setTimeout(tell, waitMs)
    }
    tell()
    const stop = view.subscribe(follow)
    return () => {
      stop()
      clearTimeout(timer)
    }
  }, [view, everyMs])
  return told
}
