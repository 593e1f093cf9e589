import type { StepId } from '@maestro/contracts/ids'
import type { PlanStep } from '@maestro/contracts/task/plan-step'
import type { BornTask, PlanVersion, Step } from '@maestro/task-model/task'
import { modelOf } from '../model-of.ts'

/** A step of the plan, with what its row tells of it. */
export type StepItem = {
  readonly planned: PlanStep
  /** Null while nothing runs by its plan yet. */
  readonly step: Step | null
  /** As the graph numbers it. */
  readonly number: number
  readonly agentName: string
  readonly model: string | null
  /** What became it: an item, a round or a step of a plan inside stands below that. */
  readonly parentId: StepId | null
  /** Numbers of the steps that it needs. */
  readonly needs: readonly number[]
}

const parentOf = ({ steps }: BornTask, stepId: StepId): StepId | null => {
  const parentId = steps[stepId]?.partOf?.parentId
  return parentId !== undefined && steps[parentId] !== undefined ? parentId : null
}

/** Everything that has to be open for this step to be seen. */
export const stepsAbove = (task: BornTask, stepId: StepId): readonly StepId[] => {
  const above = parentOf(task, stepId)
  return above === null ? [] : [above, ...stepsAbove(task, above)]
}

/** The steps of the plan that holds, or of the newest proposal, in their order. */
export const stepItems = (task: BornTask): readonly StepItem[] => {
  if (task.order.length > 0) return itemsOfTask(task)
  const proposal = task.versions.findLast(({ complete }) => complete)
  return proposal === undefined ? [] : itemsOfProposal(proposal)
}

const itemsOfProposal = ({ steps, agents }: PlanVersion): readonly StepItem[] => {
  const numbers = new Map(steps.map(({ stepId }, index) => [stepId, index + 1]))
  return steps.map((planned, index) => ({
    planned,
    step: null,
    number: index + 1,
    agentName: agents.find(({ agentId }) => agentId === planned.agentId)?.name ?? '',
    model: null,
    parentId: null,
    needs: planned.needs.flatMap((need) => numbers.get(need) ?? []),
  }))
}

const itemsOfTask = (task: BornTask): readonly StepItem[] => {
  const numbers = new Map(task.order.map((stepId, index) => [stepId, index + 1]))
  return task.order.flatMap((stepId) => {
    const step = task.steps[stepId]
    if (step === undefined) return []
    return [
      {
        planned: step,
        step,
        number: numbers.get(stepId) ?? 0,
        agentName: task.agents[step.agentId]?.name ?? '',
        model: modelOf(step),
        parentId: parentOf(task, stepId),
        needs: step.needs.flatMap((need) => numbers.get(need) ?? []),
      },
    ]
  })
}
