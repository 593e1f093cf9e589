import type { Task } from '@maestro/task-model/task'
import { type PlanUnion, unionOfPlans } from './union-of-plans.ts'

/** Reads the plans of one task together, moment after moment: the same object as long as no event has changed them. */
export const createSteadyUnion = () => {
  let last: { task: Task; union: PlanUnion } | null = null
  return (task: Task): PlanUnion => {
    const union = last !== null && hasSamePlans(last.task, task) ? last.union : unionOfPlans(task)
    last = { task, union }
    return union
  }
}

/** A step that became others has them in the order of all. */
const hasSamePlans = (before: Task, task: Task): boolean =>
  before.status === 'unborn' || task.status === 'unborn'
    ? before.status === task.status
    : before.versions === task.versions &&
      before.planVersion === task.planVersion &&
      before.order === task.order
