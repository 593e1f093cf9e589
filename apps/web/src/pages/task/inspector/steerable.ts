import { stepCan } from '@maestro/task-model/steering/step-can'
import type { Step, Task } from '@maestro/task-model/task'
import { canSkip } from '@maestro/task-model/task-can'

export const stepSteerings = [
  'guide',
  'retry',
  'rerun',
  'break',
  'skip',
  'agent',
  'insert',
  'edit',
] as const
export type StepSteering = (typeof stepSteerings)[number]

const isOfPlan = (task: Task, step: Step) =>
  task.status !== 'unborn' && task.stage === 'execution' && step.partOf === undefined

/** What a person can do with a step now. The rules are those of the task model. */
export const steerable: Record<StepSteering, (task: Task, step: Step) => boolean> = {
  guide: stepCan.guide,
  retry: stepCan.retry,
  rerun: stepCan.rerun,
  break: (task, step) => stepCan.break(task) && mayBegin(step),
  skip: (task, step) => task.status !== 'unborn' && canSkip(task, step),
  agent: (task) => stepCan.modifyAgent(task),
  insert: isOfPlan,
  edit: isOfPlan,
}

/** A breakpoint on what has run holds nothing, unless it is run again. */
const mayBegin = ({ status, breakpoint, forEach, repeat }: Step): boolean =>
  breakpoint !== undefined ||
  ((status === 'not-ready' || status === 'queued') && forEach === undefined && repeat === undefined)
