import { isReady, isUnbegun } from './execution/readiness-of.ts'
import type { BornTask, Step, Task } from './task.ts'

const born = (task: Task): task is BornTask => task.status !== 'unborn'

/** What the rules allow now. `decide` and the console ask here, so that they cannot disagree. */
export const taskCan = {
  pause: (task: Task) => task.status === 'drafting' || task.status === 'running',
  resume: (task: Task) => task.status === 'paused',
  cancel: (task: Task) => born(task) && task.stage !== 'ended',
  /** Let one step run while the task stays paused. */
  step: (task: Task) => task.status === 'paused' && steppableSteps(task).length > 0,
  decide: (task: Task) => born(task) && task.stage !== 'ended',
}

/** A step can be left out while it waits for what it needs, or for its turn, and nothing is asked about it. */
export const canSkip = (task: Task, step: Step): boolean =>
  born(task) && task.stage === 'execution' && isUnbegun(step) && step.condition !== 'asked'

/** Steps that wait for nothing but a slot or a permission, in the plan's order. */
export const readySteps = (task: Task): readonly Step[] => {
  if (!born(task) || task.stage !== 'execution') return []
  return task.order.flatMap((stepId) => {
    const step = task.steps[stepId]
    if (!step || !isUnbegun(step) || step.condition === 'asked') return []
    // Of a list that comes in parts nothing begins before the last one.
    if (step.partOf && task.steps[step.partOf.parentId]?.expansion?.phase === 'list') return []
    return isReady(step, task) ? [step] : []
  })
}

/** What a person can let through while the task is paused: steps that were held on their way, then ready ones. */
export const steppableSteps = (task: Task): readonly Step[] => {
  if (!born(task) || task.stage !== 'execution') return []
  const held = task.order.flatMap((stepId) => {
    const step = task.steps[stepId]
    return step && step.phase !== null && step.phase !== 'asked' ? [step] : []
  })
  return [...held, ...readySteps(task)].filter(({ stepId }) => !task.steppedIds.includes(stepId))
}
