import type { PlanStep } from '@maestro/contracts/task/plan-step'
import { planDiff } from '@maestro/task-model/plan/plan-diff'
import type { PlanParts } from '@maestro/task-model/plan/plan-part'
import { type Change, type Graph, type GraphEdge, graphOfSteps } from './to-graph.ts'

/** Two versions of a plan in one picture: what the newer one added, removed and changed. A step whose agent is another one now has changed with it. */
export const diffGraph = (before: PlanParts, after: PlanParts): Graph => {
  const { steps, agents } = planDiff(before, after)
  const changes = new Map<string, Change>(steps.map(({ kind, part }) => [part.stepId, kind]))
  const changedAgents = new Set<string>(
    agents.flatMap(({ kind, part }) => (kind === 'changed' ? [part.agentId] : [])),
  )
  const changeOf = ({ stepId, agentId }: PlanStep) =>
    changes.get(stepId) ?? (changedAgents.has(agentId) ? 'changed' : undefined)
  const removed = before.steps.filter(({ stepId }) => changes.get(stepId) === 'removed')
  const was = graphOfSteps(before.steps, before.agents)
  const is = graphOfSteps(after.steps, after.agents)
  const gone = graphOfSteps(removed, before.agents)
  const byId = new Map([...before.steps, ...after.steps].map((step) => [step.stepId, step]))
  return {
    proposedVersion: null,
    nodes: [...is.nodes, ...gone.nodes].map((node, index) => {
      const step = byId.get(node.stepId)
      const change = step && changeOf(step)
      return { ...node, number: index + 1, ...(change && { change }) }
    }),
    edges: [...marked(is.edges, was.edges, 'added'), ...only(was.edges, is.edges, 'removed')],
  }
}

const idsOf = (edges: readonly GraphEdge[]) => new Set(edges.map(({ id }) => id))

const marked = (edges: readonly GraphEdge[], others: readonly GraphEdge[], change: Change) => {
  const known = idsOf(others)
  return edges.map((edge) => (known.has(edge.id) ? edge : { ...edge, change }))
}

const only = (edges: readonly GraphEdge[], others: readonly GraphEdge[], change: Change) => {
  const known = idsOf(others)
  return edges.flatMap((edge) => (known.has(edge.id) ? [] : [{ ...edge, change }]))
}
