import { useEffect, useState } from 'react'
import type { TaskView } from '../../../live/task-view.ts'
import { useTaskSession } from '../task-context.ts'

type Told = Pick<TaskView, 'task' | 'isOutline'>

/** Costs of a long task are told anew at most this often while its events stream in. */
const tellEveryMs = 250

/** The shown task: live a few times a second, a position that somebody looks at at once. */
export const useToldTask = (): Told => {
  const { view } = useTaskSession()
  const [told, setTold] = useState<Told>(() => view.getState())
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let toldAt = -Infinity
    const tell = () => {
      clearTimeout(timer)
      timer = undefined
      toldAt = performance.now()
      const { task, isOutline } = view.getState()
      setTold((before) =>
        before.task === task && before.isOutline === isOutline ? before : { task, isOutline },
      )
    }
    const follow = ({ mode }: Pick<TaskView, 'mode'>) => {
      const waitMs = mode === 'live' ? toldAt + tellEveryMs - performance.now() : 0
      if (waitMs <= 0) tell()
      else timer ??= setTimeout(tell, waitMs)
    }
    tell()
    const stop = view.subscribe(follow)
    return () => {
      stop()
      clearTimeout(timer)
    }
  }, [view])
  return told
}
