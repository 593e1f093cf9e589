import { nameOfStep, type StepId } from '@maestro/contracts/ids'
import type { PlanAgent } from '@maestro/contracts/task/plan-agent'
import type { PlanStep } from '@maestro/contracts/task/plan-step'
import type { StepStatus } from '@maestro/contracts/task/task-status'
import type { Step, Task } from '@maestro/task-model/task'
import { namesReadBy } from './condition-words.ts'
import { partLinks } from './part-links.ts'

/** What a version of a plan did with a part of another one. */
export type Change = 'added' | 'removed' | 'changed'

/** Several steps that are shown as one card. */
export type SectionOf = {
  readonly title: string
  readonly stepIds: readonly StepId[]
  readonly counts: Readonly<Partial<Record<StepStatus, number>>>
}

export type GraphNode = {
  readonly stepId: StepId
  /** Its place in the plan, from 1. */
  readonly number: number
  readonly title: string
  readonly agentName: string
  readonly status: StepStatus
  readonly attempt?: number
  /** Under which it runs, as the plan says it. */
  readonly condition?: string
  /** Of its output. */
  readonly bytes?: number
  readonly isCritical?: boolean
  readonly change?: Change
  /** It stands for this, of which it is the first step. */
  readonly section?: SectionOf
}
export type GraphEdge = {
  readonly id: string
  readonly from: StepId
  readonly to: StepId
  /** The step that it leads to runs only where what comes along it says so. */
  readonly isConditional?: boolean
  /** Of what passes along it, once that is there. */
  readonly bytes?: number
  readonly isCritical?: boolean
  readonly change?: Change
}
export type Graph = {
  readonly nodes: readonly GraphNode[]
  readonly edges: readonly GraphEdge[]
  /** Set while this is only a proposal that nothing runs by yet. */
  readonly proposedVersion: number | null
}

export const emptyGraph: Graph = { nodes: [], edges: [], proposedVersion: null }

type PartLink = { readonly from: StepId; readonly to: StepId }

/** The plan that holds at this moment; while drafting the newest proposal. */
export const toGraph = (task: Task): Graph => {
  if (task.status === 'unborn') return emptyGraph
  if (task.order.length > 0) {
    const steps = task.order.flatMap((stepId) => task.steps[stepId] ?? [])
    const links = partLinks(task)
    const shown = new Set(links.map(({ to }) => to))
    const cards = steps.filter(({ stepId, partOf }) => partOf === undefined || shown.has(stepId))
    return {
      proposedVersion: null,
      ...graphOfSteps(cards, Object.values<PlanAgent>(task.agents), {
        numberOf: new Map(task.order.map((stepId, index) => [stepId, index + 1])),
        links,
      }),
    }
  }
  const proposal = task.versions.findLast(({ complete }) => complete)
  if (proposal === undefined) return emptyGraph
  return {
    proposedVersion: proposal.version,
    ...graphOfSteps(proposal.steps, proposal.agents),
  }
}

type Known = { numberOf?: ReadonlyMap<StepId, number>; links: readonly PartLink[] }

/** Cards and edges of a plan's steps, whether they run or are only proposed. */
export const graphOfSteps = (
  steps: readonly (PlanStep | Step)[],
  agents: readonly PlanAgent[],
  { numberOf, links }: Known = { links: [] },
): Pick<Graph, 'nodes' | 'edges'> => {
  const names = new Map(agents.map(({ agentId, name }) => [agentId, name]))
  const byId = new Map(steps.map((step) => [step.stepId, step]))
  return {
    nodes: steps.map((step, index) => ({
      stepId: step.stepId,
      number: numberOf?.get(step.stepId) ?? index + 1,
      title: step.title,
      agentName: names.get(step.agentId) ?? '',
      status: 'status' in step ? step.status : 'not-ready',
      ...('status' in step && { attempt: step.attempt }),
      ...('status' in step && step.output && { bytes: step.output.bytes }),
      ...(step.when !== undefined && { condition: step.when }),
    })),
    edges: [
      ...steps.flatMap((step) =>
        // What an item or a round needs, the step that became it needed: one line is enough.
        'partOf' in step && step.partOf !== undefined
          ? []
          : step.needs.flatMap((need) => edgeOf(byId.get(need), step)),
      ),
      ...links.map((link) => ({
        id: `${link.from}>${link.to}`,
        ...link,
        ...(byId.get(link.to)?.when !== undefined && { isConditional: true }),
      })),
    ],
  }
}

const edgeOf = (from: PlanStep | Step | undefined, to: PlanStep | Step): readonly GraphEdge[] => {
  if (from === undefined) return []
  return [
    {
      id: `${from.stepId}>${to.stepId}`,
      from: from.stepId,
      to: to.stepId,
      ...(decides(from.stepId, to) && { isConditional: true }),
      ...('status' in from && from.output && { bytes: from.output.bytes }),
    },
  ]
}

/** Whether it runs hangs on what this need delivers. */
const decides = (need: StepId, { when, needs }: PlanStep): boolean => {
  if (when === undefined) return false
  const names = namesReadBy(when)
  const isRead = (stepId: StepId) => names?.has(nameOfStep(stepId)) ?? true
  return isRead(need) || !needs.some(isRead)
}
