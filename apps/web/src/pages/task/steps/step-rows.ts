import type { StepId } from '@maestro/contracts/ids'
import type { PlanStep } from '@maestro/contracts/task/plan-step'
import type { BornTask, PlanVersion, Step } from '@maestro/task-model/task'
import { modelOf } from '../model-of.ts'

export type StepRow = {
  readonly planned: PlanStep
  /** Null while nothing runs by its plan yet. */
  readonly step: Step | null
  /** As the graph numbers it. */
  readonly number: number
  readonly agentName: string
  readonly model: string | null
  /** 1: of the plan itself; an item, a round or a step of a plan inside stands below what became it. */
  readonly level: number
  readonly parentId: StepId | null
  /** Among those of the same parent, from 1. */
  readonly place: number
  readonly places: number
  readonly canOpen: boolean
  readonly isOpen: boolean
  /** Numbers of the steps that it needs. */
  readonly needs: readonly number[]
}

/** What people opened or closed themselves. */
export type Folds = ReadonlyMap<StepId, boolean>

/** More than these stay behind what became them until somebody asks, as they do in the graph. */
const openPartsMax = 12

const parentOf = ({ steps }: BornTask, stepId: StepId): StepId | null => {
  const parentId = steps[stepId]?.partOf?.parentId
  return parentId !== undefined && steps[parentId] !== undefined ? parentId : null
}

/** Everything that has to be open for this step to be seen. */
export const stepsAbove = (task: BornTask, stepId: StepId): readonly StepId[] => {
  const above = parentOf(task, stepId)
  return above === null ? [] : [above, ...stepsAbove(task, above)]
}

/** The plan that holds as rows, or the newest proposal: what a step became stands below it, while it is open. */
export const stepRows = (task: BornTask, folds: Folds): readonly StepRow[] => {
  if (task.order.length > 0) return rowsOfTask(task, folds)
  const proposal = task.versions.findLast(({ complete }) => complete)
  return proposal === undefined ? [] : rowsOfProposal(proposal)
}

const rowsOfProposal = ({ steps, agents }: PlanVersion): readonly StepRow[] => {
  const numbers = new Map(steps.map(({ stepId }, index) => [stepId, index + 1]))
  return steps.map((planned, index) => ({
    planned,
    step: null,
    number: index + 1,
    agentName: agents.find(({ agentId }) => agentId === planned.agentId)?.name ?? '',
    model: null,
    level: 1,
    parentId: null,
    place: index + 1,
    places: steps.length,
    canOpen: false,
    isOpen: false,
    needs: planned.needs.flatMap((need) => numbers.get(need) ?? []),
  }))
}

const rowsOfTask = (task: BornTask, folds: Folds): readonly StepRow[] => {
  const numbers = new Map(task.order.map((stepId, index) => [stepId, index + 1]))
  const parts = Map.groupBy(task.order, (stepId) => parentOf(task, stepId))
  const rowsBelow = (parentId: StepId | null, level: number): readonly StepRow[] => {
    const ids = parts.get(parentId) ?? []
    return ids.flatMap((stepId, index) => {
      const step = task.steps[stepId]
      if (step === undefined) return []
      const count = parts.get(stepId)?.length ?? 0
      const isOpen = count > 0 && (folds.get(stepId) ?? count <= openPartsMax)
      const row: StepRow = {
        planned: step,
        step,
        number: numbers.get(stepId) ?? 0,
        agentName: task.agents[step.agentId]?.name ?? '',
        model: modelOf(step),
        level,
        parentId,
        place: index + 1,
        places: ids.length,
        canOpen: count > 0,
        isOpen,
        needs: step.needs.flatMap((need) => numbers.get(need) ?? []),
      }
      return [row, ...(isOpen ? rowsBelow(stepId, level + 1) : [])]
    })
  }
  return rowsBelow(null, 1)
}
