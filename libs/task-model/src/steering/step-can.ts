import { isUnbegun } from '../execution/readiness-of.ts'
import type { BornTask, Step, Task } from '../task.ts'
import { rerunOf } from './rerun-of.ts'

const executes = (task: Task): task is BornTask =>
  task.status !== 'unborn' && task.stage === 'execution'

/** It has failed, whether or not a person is asked about that. */
export const hasFailed = ({ status, failure, phase }: Step): boolean =>
  status === 'failed' || (status === 'needs-you' && phase === null && failure !== null)

/** It has a call or a tool in flight, or waits in the middle of an attempt. */
export const isAtWork = ({ phase }: Step): boolean => phase !== null

/** It goes on in what it became. */
const isSeveral = ({ expansion, status }: Step): boolean =>
  expansion !== undefined && status === 'running'

/** What the rules allow with one step now. `decide` and the console ask here, so that they cannot disagree. */
export const stepCan = {
  retry: (task: Task, step: Step): boolean =>
    executes(task) &&
    // What a step became is ended by that step.
    (isAtWork(step) || ((hasFailed(step) || isSeveral(step)) && !step.partOf)) &&
    !wasPassed(task, step),
  rerun: (task: Task, step: Step): boolean =>
    executes(task) && rerunOf(task, step.stepId).refusal === null,
  break: (task: Task): boolean =>
    task.status !== 'unborn' && (task.stage === 'execution' || task.stage === 'approval'),
  guide: (task: Task, step: Step): boolean =>
    executes(task) &&
    step.status !== 'done' &&
    step.status !== 'skipped' &&
    step.status !== 'reused',
  modifyAgent: executes,
}

/** What needs it has gone on, or was left out, without its output. */
export const wasPassed = ({ steps }: BornTask, { stepId }: Step): boolean =>
  Object.values<Step>(steps).some(
    (other) => other.needs.includes(stepId) && !isUnbegun(other) && other.status !== 'needs-you',
  )
