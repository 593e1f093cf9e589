import type { Task } from '@maestro/task-model/task'
import { criticalPathOfPlan } from './critical-path-of-plan.ts'
import type { Graph } from './to-graph.ts'

/** The graph with what the end waits for marked, on cards and on the edges between them. */
export const withCriticalPath = (graph: Graph, task: Task): Graph => {
  if (task.status === 'unborn' || task.order.length === 0) return graph
  const path: readonly string[] = criticalPathOfPlan(task)
  const onPath = new Set(path)
  const steps = new Set(path.slice(1).map((to, index) => `${path[index]}>${to}`))
  return {
    ...graph,
    nodes: graph.nodes.map((node) =>
      onPath.has(node.stepId) ? { ...node, isCritical: true } : node,
    ),
    edges: graph.edges.map((edge) => (steps.has(edge.id) ? { ...edge, isCritical: true } : edge)),
  }
}
