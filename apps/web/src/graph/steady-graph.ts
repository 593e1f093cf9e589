import type { BornTask, Step, Task } from '@maestro/task-model/task'
import { type Graph, type GraphEdge, type GraphNode, toGraph } from './to-graph.ts'

/** Marks more of a graph than its plan says, as the critical path. It may read what `isShownAlike` compares. */
export type MarkGraph = (graph: Graph, task: Task) => Graph

/** What of a step shapes the picture; */
const shapingParts = ['title', 'agentId', 'when', 'needs', 'partOf', 'expansion'] as const
/** what only changes how its card looks, or which path is critical. All else of it changes no picture. */
const lookingParts = ['status', 'attempt', 'queuedAt', 'startedAt', 'finishedAt'] as const

/**
 * Reads the graph of one task, moment after moment. What has not changed is the same object as before: the whole
 * graph after most events, else every card and edge that stayed as it was.
 */
export const createSteadyGraph = () => {
  let last: { task: Task; mark: MarkGraph | null; plain: Graph; graph: Graph } | null = null
  return (task: Task, mark: MarkGraph | null = null): Graph => {
    const change = last === null ? 'shape' : changeBetween(last.task, task)
    if (last !== null && change === null && last.mark === mark) {
      last.task = task
      return last.graph
    }
    const plain =
      last === null || change === 'shape' || task.status === 'unborn'
        ? toGraph(task)
        : withLooksOf(task, last.plain)
    const marked = mark?.(plain, task) ?? plain
    const graph = last === null ? marked : withKnownLists(marked, last.graph)
    last = { task, mark, plain, graph }
    return graph
  }
}

/** Null: no picture tells the two apart. */
const changeBetween = (before: Task, task: Task): 'shape' | 'look' | null => {
  if (before === task) return null
  if (before.status === 'unborn' || task.status === 'unborn')
    return before.status === task.status ? null : 'shape'
  const isSamePlan =
    before.order === task.order &&
    before.versions === task.versions &&
    before.agents === task.agents &&
    before.planVersion === task.planVersion
  if (!isSamePlan) return 'shape'
  let change: 'look' | null = before.stage === task.stage ? null : 'look'
  if (before.steps === task.steps) return change
  for (const stepId of task.order) {
    const [was, is] = [before.steps[stepId], task.steps[stepId]]
    if (was === is) continue
    if (was === undefined || is === undefined) return 'shape'
    if (shapingParts.some((part) => was[part] !== is[part])) return 'shape'
    if (change === null && looksChanged(was, is)) change = 'look'
  }
  return change
}

const looksChanged = (before: Step, step: Step): boolean =>
  lookingParts.some((part) => before[part] !== step[part]) ||
  before.output?.bytes !== step.output?.bytes

const withLooksOf = ({ steps, order }: BornTask, graph: Graph): Graph => {
  if (order.length === 0) return graph
  return {
    ...graph,
    nodes: graph.nodes.map((node) => {
      const step = steps[node.stepId]
      return step === undefined ? node : nodeWith(node, step)
    }),
    edges: graph.edges.map((edge) => {
      const isPart = steps[edge.to]?.partOf !== undefined
      return isPart ? edge : edgeWith(edge, steps[edge.from]?.output?.bytes)
    }),
  }
}

const nodeWith = (node: GraphNode, { status, attempt, output }: Step): GraphNode => {
  const bytes = output?.bytes
  if (node.status === status && node.attempt === attempt && node.bytes === bytes) return node
  const { bytes: _before, ...rest } = node
  return { ...rest, status, attempt, ...(bytes !== undefined && { bytes }) }
}

const edgeWith = (edge: GraphEdge, bytes: number | undefined): GraphEdge => {
  if (edge.bytes === bytes) return edge
  const { bytes: _before, ...rest } = edge
  return { ...rest, ...(bytes !== undefined && { bytes }) }
}

const withKnownLists = (graph: Graph, before: Graph): Graph => {
  const nodes = known(graph.nodes, before.nodes)
  const edges = known(graph.edges, before.edges)
  const isSame =
    nodes === before.nodes &&
    edges === before.edges &&
    graph.proposedVersion === before.proposedVersion
  return isSame ? before : { ...graph, nodes, edges }
}

const known = <Item>(items: readonly Item[], before: readonly Item[]): readonly Item[] =>
  items.length === before.length && items.every((item, index) => item === before[index])
    ? before
    : items
