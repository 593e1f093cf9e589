import type { Task } from '@maestro/task-model/task'
import { criticalPathOfPlan } from './critical-path-of-plan.ts'
import type { Graph, GraphEdge, GraphNode } from './to-graph.ts'

// What is marked is marked once, so that a card or an edge that stayed as it was is the same object.
const nodes = new WeakMap<GraphNode, GraphNode>()
const edges = new WeakMap<GraphEdge, GraphEdge>()

const marked = <Item extends GraphNode | GraphEdge>(
  known: WeakMap<Item, Item>,
  item: Item,
): Item => {
  const made = known.get(item) ?? { ...item, isCritical: true }
  known.set(item, made)
  return made
}

/** The graph with what the end waits for marked, on cards and on the edges between them. */
export const withCriticalPath = (graph: Graph, task: Task): Graph => {
  if (task.status === 'unborn' || task.order.length === 0) return graph
  const path: readonly string[] = criticalPathOfPlan(task)
  const onPath = new Set(path)
  const steps = new Set(path.slice(1).map((to, index) => `${path[index]}>${to}`))
  return {
    ...graph,
    nodes: graph.nodes.map((node) => (onPath.has(node.stepId) ? marked(nodes, node) : node)),
    edges: graph.edges.map((edge) => (steps.has(edge.id) ? marked(edges, edge) : edge)),
  }
}
