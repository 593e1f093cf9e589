import { AppError } from '@maestro/contracts/errors'
import type { StepId } from '@maestro/contracts/ids'
import type { SeenSteps } from '@maestro/contracts/task/steering-endpoints'
import type { Recorder } from '../recorder.ts'
import type { BornTask, Step } from '../task.ts'
import type { CommandOf } from '../task-command.ts'
import { allowedNow, allowedWith } from '../control/allowed-now.ts'
import { mustGoOn } from '../control/decide-control.ts'
import { reopen } from '../expansion/reopen.ts'
import { mustHaveRoom } from './guidance-max.ts'
import { refuseNow } from './refuse-now.ts'
import { rerunOf } from './rerun-of.ts'
import { resetStep } from './reset-step.ts'
import { stepCan, wasPassed } from './step-can.ts'

/** @throws {AppError} `TASK_ENDED`. */
const mustBeAlive = (recorder: Recorder): BornTask => {
  mustGoOn(recorder)
  return recorder.task()
}

const stepOf = (task: BornTask, stepId: StepId): Step => {
  const step = task.steps[stepId]
  if (!step) throw new AppError('NOT_FOUND', { kind: 'step', stepId })
  return step
}

const aboutStep = ({ stepId, status }: Step) => ({ stepId, status })

export const retryStep = (command: CommandOf<'RetryStep'>, recorder: Recorder): void => {
  const task = mustBeAlive(recorder)
  const { stepId, reason, strategy, guidance } = command
  const step = stepOf(task, stepId)
  if (!stepCan.retry(task, step)) {
    const why = wasPassed(task, step)
      ? 'what needs it has gone on without it: rerun from here'
      : 'only a step that failed or runs is tried again'
    refuseNow(why, allowedWith(task, step), aboutStep(step))
  }
  if (guidance !== null) recordGuidance(stepId, guidance, recorder)
  resetStep(step, { because: 'retry', reason, strategy }, recorder)
}

export const rerunFrom = (command: CommandOf<'RerunFrom'>, recorder: Recorder): void => {
  const task = mustBeAlive(recorder)
  const step = stepOf(task, command.stepId)
  const { steps, reopened, refusal } = rerunOf(task, step.stepId)
  const why = task.stage === 'execution' ? refusal : 'the plan does not run yet'
  if (why !== null) refuseNow(why, allowedWith(task, step), aboutStep(step))
  if (command.seen !== null) mustBeAsSeen(command.seen, steps, task)
  const { reason } = command
  for (const one of steps) resetStep(one, { because: 'rerun', reason }, recorder)
  for (const whole of reopened) reopen(whole, reason, recorder)
}

/** @throws {AppError} `CHANGED_SINCE`, with each step that is another than it was, or was not among them. */
const mustBeAsSeen = (seen: SeenSteps, steps: readonly Step[], task: BornTask): void => {
  const before = new Map(seen.steps.map((one) => [one.stepId, one]))
  const now = new Map(steps.map((one) => [one.stepId, one]))
  const changed = [...new Set([...before.keys(), ...now.keys()])].flatMap((stepId) => {
    const [was, is] = [before.get(stepId), now.get(stepId)]
    if (was?.status === is?.status && was?.attempt === is?.attempt) return []
    return [{ stepId, was: was?.status ?? null, is: is?.status ?? null }]
  })
  const { planVersion } = task
  if (changed.length === 0 && seen.planVersion === planVersion) return
  throw new AppError('CHANGED_SINCE', { planVersion, changed: changed.slice(0, 20) })
}

export const setBreakpoint = (
  { stepId, isSet }: CommandOf<'SetBreakpoint'>,
  recorder: Recorder,
): void => {
  const task = mustBeAlive(recorder)
  const { breakpoint } = stepOf(task, stepId)
  if (isSet === (breakpoint !== undefined)) return
  if (!stepCan.break(task))
    refuseNow('there is no plan yet whose steps could be held', allowedNow(task))
  recorder.record({ type: isSet ? 'BreakpointSet' : 'BreakpointCleared', data: { stepId } })
}

export const giveGuidance = (
  { stepId, text }: CommandOf<'GiveGuidance'>,
  recorder: Recorder,
): void => {
  const task = mustBeAlive(recorder)
  const step = stepId === null ? null : stepOf(task, stepId)
  if (step !== null && !stepCan.guide(task, step))
    refuseNow('no more turns of it are to come', allowedWith(task, step), aboutStep(step))
  recordGuidance(stepId, text, recorder)
}

const recordGuidance = (
  stepId: StepId | null,
  text: CommandOf<'GiveGuidance'>['text'],
  { task, record }: Recorder,
): void => {
  mustHaveRoom(stepId, task())
  record({ type: 'GuidanceGiven', data: { stepId, text } })
}

/** The wait before the next attempt is over. Anything else of the step, or a pause, makes it nothing. */
export const startRetry = (
  { stepId, attempt }: CommandOf<'StartRetry'>,
  { task, record, at }: Recorder,
): void => {
  const { steps, pause, steppedIds, stage } = task()
  const step = steps[stepId]
  if (stage !== 'execution' || step?.phase !== 'backoff' || step.attempt !== attempt) return
  if (pause !== null && !steppedIds.includes(stepId)) return
  if (step.retryAt !== undefined && Date.parse(at) < Date.parse(step.retryAt)) return
  record({ type: 'StepStarted', data: { stepId, attempt: attempt + 1 } })
}
