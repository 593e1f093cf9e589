import { useMemo, useRef } from 'react'
import { type Graph, toGraph } from '../../graph/to-graph.ts'
import { graphHash } from '../../graph/graph-hash.ts'
import { useView } from './task-context.ts'

/** The shown plan. The same object while neither the plan nor a status has changed. */
export const useGraph = (): { graph: Graph; hash: string } => {
  const task = useView((view) => view.task)
  const last = useRef<{ graph: Graph; hash: string; key: string } | null>(null)
  return useMemo(() => {
    const graph = toGraph(task)
    const hash = graphHash(graph)
    const version = task.status === 'unborn' ? null : task.planVersion
    const key = `${hash}|${version}|${graph.proposedVersion}|${graph.nodes.length}`
    if (last.current?.key !== key) last.current = { graph, hash, key }
    return last.current
  }, [task])
}
