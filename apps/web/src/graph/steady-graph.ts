import type { Step, Task } from '@maestro/task-model/task'
import { shallow } from 'zustand/vanilla/shallow'
import { type Graph, toGraph } from './to-graph.ts'

/** Marks more of a graph than its plan says, as the critical path. It may read what `isShownAlike` compares. */
export type MarkGraph = (graph: Graph, task: Task) => Graph

/** What of a step cards, edges and the critical path are made from; all else of it changes no picture. */
const shownParts = [
  'status',
  'attempt',
  'title',
  'agentId',
  'when',
  'needs',
  'partOf',
  'expansion',
  'queuedAt',
  'startedAt',
  'finishedAt',
] as const satisfies readonly (keyof Step)[]

/**
 * Reads the graph of one task, moment after moment. What has not changed is the same object as before: the whole
 * graph after most events, else every card and edge that stayed as it was.
 */
export const createSteadyGraph = () => {
  let last: { task: Task; mark: MarkGraph | null; graph: Graph } | null = null
  return (task: Task, mark: MarkGraph | null = null): Graph => {
    if (last !== null && last.mark === mark && isShownAlike(last.task, task)) {
      last.task = task
      return last.graph
    }
    const plain = toGraph(task)
    const graph = steadied(mark?.(plain, task) ?? plain, last?.graph ?? null)
    last = { task, mark, graph }
    return graph
  }
}

const isShownAlike = (before: Task, task: Task): boolean => {
  if (before === task) return true
  if (before.status === 'unborn' || task.status === 'unborn') return before.status === task.status
  const isSamePlan =
    before.order === task.order &&
    before.versions === task.versions &&
    before.agents === task.agents &&
    before.planVersion === task.planVersion &&
    before.stage === task.stage
  if (!isSamePlan) return false
  return (
    before.steps === task.steps ||
    task.order.every((stepId) => isStepAlike(before.steps[stepId], task.steps[stepId]))
  )
}

const isStepAlike = (before: Step | undefined, step: Step | undefined): boolean => {
  if (before === step) return true
  if (before === undefined || step === undefined) return false
  return (
    shownParts.every((part) => before[part] === step[part]) &&
    before.output?.bytes === step.output?.bytes
  )
}

const steadied = (graph: Graph, before: Graph | null): Graph => {
  if (before === null) return graph
  const nodes = steadyList(graph.nodes, before.nodes, ({ stepId }) => stepId)
  const edges = steadyList(graph.edges, before.edges, ({ id }) => id)
  const isSame =
    nodes === before.nodes &&
    edges === before.edges &&
    graph.proposedVersion === before.proposedVersion
  return isSame ? before : { ...graph, nodes, edges }
}

const steadyList = <Item extends object>(
  items: readonly Item[],
  before: readonly Item[],
  keyOf: (item: Item) => string,
): readonly Item[] => {
  const known = new Map(before.map((item) => [keyOf(item), item]))
  const list = items.map((item) => {
    const same = known.get(keyOf(item))
    return same !== undefined && shallow(same, item) ? same : item
  })
  return shallow(list, before) ? before : list
}
