import { useEffect, useMemo, useState } from 'react'
import { createSteadyGraph, type MarkGraph } from '../../graph/steady-graph.ts'
import type { Graph } from '../../graph/to-graph.ts'
import { useTaskSession, useView } from './task-context.ts'

/** The shown plan. The same object while neither the plan nor anything that its cards and edges stand for has changed. */
export const useGraph = (): Graph => {
  const session = useTaskSession()
  const mark = useCriticalPath()
  // One for each session: it reads one task, moment after moment.
  const read = useMemo(() => ({ session, of: createSteadyGraph() }), [session])
  return useView(({ task }) => read.of(task, mark))
}

/** It comes after the first picture, which does not wait for it. Where it does not come, no line is thicker than others. */
const useCriticalPath = () => {
  const [mark, setMark] = useState<MarkGraph | null>(null)
  useEffect(() => {
    let isGone = false
    import('../../graph/with-critical-path.ts').then(
      (module) => {
        if (!isGone) setMark(() => module.withCriticalPath)
      },
      () => {},
    )
    return () => {
      isGone = true
    }
  }, [])
  return mark
}
