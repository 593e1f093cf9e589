import type { StepId } from '@maestro/contracts/ids'
import type { StepStatus } from '@maestro/contracts/task/task-status'
import type { Graph, GraphEdge, GraphNode } from '../to-graph.ts'
import type { Section } from './sections-of.ts'

/** What a section shows of its steps: what asks for a person before what goes on, that before what waits, and what is over last. */
const tellingOrder: readonly StepStatus[] = [
  'needs-you',
  'failed',
  'retrying',
  'running',
  'paused',
  'queued',
  'not-ready',
  'done',
  'reused',
  'cut-off',
  'cancelled',
  'skipped',
]

/** The graph with each of these sections as one card, which stands under the id of its first step. */
export const foldGraph = (graph: Graph, sections: readonly Section[]): Graph => {
  const leaderOf = new Map<StepId, StepId>()
  const sectionOf = new Map<StepId, Section>()
  for (const section of sections) {
    const [leader] = section.stepIds
    if (leader === undefined) continue
    sectionOf.set(leader, section)
    for (const stepId of section.stepIds) leaderOf.set(stepId, leader)
  }
  const byId = new Map(graph.nodes.map((node) => [node.stepId, node]))
  const cardOf = (stepId: StepId) => leaderOf.get(stepId) ?? stepId
  return {
    ...graph,
    nodes: graph.nodes.flatMap((node) => {
      if (cardOf(node.stepId) !== node.stepId) return []
      const section = sectionOf.get(node.stepId)
      return [section === undefined ? node : sectionCard(node, section, byId)]
    }),
    edges: joinEdges(graph.edges, cardOf),
  }
}

const sectionCard = (
  first: GraphNode,
  { title, stepIds }: Section,
  byId: ReadonlyMap<StepId, GraphNode>,
): GraphNode => {
  const nodes = stepIds.flatMap((stepId) => byId.get(stepId) ?? [])
  const counts: Partial<Record<StepStatus, number>> = {}
  for (const { status } of nodes) counts[status] = (counts[status] ?? 0) + 1
  return {
    stepId: first.stepId,
    number: first.number,
    title,
    agentName: '',
    status: tellingOrder.find((status) => counts[status] !== undefined) ?? first.status,
    ...(nodes.some(({ isCritical }) => isCritical) && { isCritical: true }),
    section: { title, stepIds, counts },
  }
}

const joinEdges = (
  edges: readonly GraphEdge[],
  cardOf: (stepId: StepId) => StepId,
): readonly GraphEdge[] => {
  const joined = new Map<string, GraphEdge>()
  for (const edge of edges) {
    const [from, to] = [cardOf(edge.from), cardOf(edge.to)]
    if (from === to) continue
    const id = `${from}>${to}`
    const known = joined.get(id)
    const bytes = (known?.bytes ?? 0) + (edge.bytes ?? 0)
    joined.set(id, {
      id,
      from,
      to,
      ...(bytes > 0 && { bytes }),
      ...((known?.isCritical || edge.isCritical) && { isCritical: true }),
    })
  }
  return [...joined.values()]
}
