import { conditionWords } from './condition-words.ts'
import type { GraphEdge, GraphNode } from './to-graph.ts'

/** Under which condition each step runs, once for each: at the first edge that it hangs on. By the edge's id. */
export const conditionLabels = (
  nodes: readonly GraphNode[],
  edges: readonly GraphEdge[],
): ReadonlyMap<string, string> => {
  const conditions = new Map(
    nodes.flatMap(({ stepId, condition }) =>
      condition === undefined ? [] : [[stepId, condition] as const],
    ),
  )
  const labels = new Map<string, string>()
  for (const { id, to, isConditional } of edges) {
    const condition = conditions.get(to)
    if (isConditional !== true || condition === undefined) continue
    labels.set(id, conditionWords(condition))
    conditions.delete(to)
  }
  return labels
}
