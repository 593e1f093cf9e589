import type { StepId } from '@maestro/contracts/ids'
import type { Task } from '@maestro/task-model/task'
import { columnsOf } from '../columns-of.ts'
import type { Graph } from '../to-graph.ts'

/** Steps of a plan that belong together. */
export type Section = {
  readonly key: string
  readonly title: string
  readonly stepIds: readonly StepId[]
}

/**
 * The sections of a plan: a step with all that it became, and for the rest the stages, that is all steps
 * that as many others have to come before. They hang on the plan alone, and not on how far it is.
 */
export const sectionsOf = ({ nodes, edges }: Graph, task: Task): readonly Section[] => {
  const steps = task.status === 'unborn' ? {} : task.steps
  const wholeOf = (stepId: StepId): StepId => {
    const parentId = steps[stepId]?.partOf?.parentId
    return parentId === undefined ? stepId : wholeOf(parentId)
  }
  const titles = new Map(nodes.map(({ stepId, title }) => [stepId, title]))
  const becameSeveral = new Set(nodes.map(({ stepId }) => wholeOf(stepId)).filter(isOnceMore()))
  const columns = columnsOf(
    nodes.map(({ stepId }) => stepId),
    edges,
  )
  const sections = new Map<string, { title: string; stepIds: StepId[] }>()
  for (const { stepId } of nodes) {
    const whole = wholeOf(stepId)
    const stage = (columns.get(stepId) ?? 0) + 1
    const [key, title] = becameSeveral.has(whole)
      ? [`of-${whole}`, titles.get(whole) ?? whole]
      : [`stage-${stage}`, `Stage ${stage}`]
    const section = sections.get(key) ?? { title, stepIds: [] }
    sections.set(key, section)
    section.stepIds.push(stepId)
  }
  return [...sections]
    .map(([key, section]) => ({ key, ...section }))
    .filter(({ stepIds }) => stepIds.length > 1)
}

/** True for what has come before. */
const isOnceMore = () => {
  const seen = new Set<StepId>()
  return (stepId: StepId) => {
    if (seen.has(stepId)) return true
    seen.add(stepId)
    return false
  }
}
