import type { StepId } from '@maestro/contracts/ids'
import type { PlanAgent } from '@maestro/contracts/task/plan-agent'
import type { PlanStep } from '@maestro/contracts/task/plan-step'
import type { StepStatus } from '@maestro/contracts/task/task-status'
import type { Step, Task } from '@maestro/task-model/task'
import { partLinks } from './part-links.ts'

export type GraphNode = {
  readonly stepId: StepId
  /** Its place in the plan, from 1. */
  readonly number: number
  readonly title: string
  readonly agentName: string
  readonly status: StepStatus
}
export type GraphEdge = { readonly id: string; readonly from: StepId; readonly to: StepId }
export type Graph = {
  readonly nodes: readonly GraphNode[]
  readonly edges: readonly GraphEdge[]
  /** Set while this is only a proposal that nothing runs by yet. */
  readonly proposedVersion: number | null
}

export const emptyGraph: Graph = { nodes: [], edges: [], proposedVersion: null }

/** The plan that holds at this moment; while drafting the newest proposal. */
export const toGraph = (task: Task): Graph => {
  if (task.status === 'unborn') return emptyGraph
  if (task.order.length > 0) {
    const steps = task.order.flatMap((stepId) => task.steps[stepId] ?? [])
    const links = partLinks(task)
    const shown = new Set(links.map(({ to }) => to))
    const cards = steps.filter(({ stepId, partOf }) => partOf === undefined || shown.has(stepId))
    return graphOf(cards, Object.values<PlanAgent>(task.agents), null, {
      numberOf: new Map(task.order.map((stepId, index) => [stepId, index + 1])),
      links,
    })
  }
  const proposal = task.versions.findLast(({ complete }) => complete)
  return proposal ? graphOf(proposal.steps, proposal.agents, proposal.version) : emptyGraph
}

const graphOf = (
  steps: readonly (PlanStep | Step)[],
  agents: readonly PlanAgent[],
  proposedVersion: number | null,
  {
    numberOf,
    links,
  }: {
    numberOf?: ReadonlyMap<StepId, number>
    links: readonly { readonly from: StepId; readonly to: StepId }[]
  } = { links: [] },
): Graph => {
  const names = new Map(agents.map(({ agentId, name }) => [agentId, name]))
  const known = new Set(steps.map(({ stepId }) => stepId))
  return {
    proposedVersion,
    nodes: steps.map((step, index) => ({
      stepId: step.stepId,
      number: numberOf?.get(step.stepId) ?? index + 1,
      title: step.title,
      agentName: names.get(step.agentId) ?? '',
      status: 'status' in step ? step.status : 'not-ready',
    })),
    edges: [
      ...steps.flatMap((step) =>
        // What an item or a round needs, the step that became it needed: one line is enough.
        ('partOf' in step && step.partOf !== undefined ? [] : step.needs)
          .filter((need) => known.has(need))
          .map((need) => ({ from: need, to: step.stepId })),
      ),
      ...links,
    ].map((link) => ({ id: `${link.from}>${link.to}`, ...link })),
  }
}
