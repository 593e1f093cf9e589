import { type RefObject, useLayoutEffect } from 'react'
import { graphHash } from '../../graph/graph-hash.ts'
import { createSteadyGraph } from '../../graph/steady-graph.ts'
import type { Graph } from '../../graph/to-graph.ts'
import type { TaskView } from '../../live/task-view.ts'
import { useTaskSession } from './task-context.ts'

/** What is shown, written on the page's root for those who check it: mode, position, how many events are here, and a hash of every step's status. */
export const useRootMarks = (root: RefObject<HTMLElement | null>) => {
  const { view } = useTaskSession()
  useLayoutEffect(() => {
    const read = createSteadyGraph()
    let marked: Graph | null = null
    const mark = ({ mode, seq, head, held, task }: TaskView) => {
      const write = (name: string, value: string) =>
        root.current?.setAttribute(`data-${name}`, value)
      write('mode', mode)
      write('seq', String(seq))
      write('head', String(head))
      write('held', String(held.count))
      const graph = read(task)
      if (graph === marked) return
      marked = graph
      write('graph-hash', graphHash(graph))
    }
    mark(view.getState())
    return view.subscribe(mark)
  }, [root, view])
}
