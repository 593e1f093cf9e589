import { AppError } from '@maestro/contracts/errors'
import type { StepId } from '@maestro/contracts/ids'
import { hasEnded } from '../execution/readiness-of.ts'
import type { Recorder } from '../recorder.ts'
import type { BornTask } from '../task.ts'
import { steppableSteps, taskCan } from '../task-can.ts'
import type { CommandOf } from '../task-command.ts'
import { allowedNow, allowedWith } from './allowed-now.ts'

/** @throws {AppError} `TASK_ENDED`, with what is possible instead. */
export const mustGoOn = ({ task }: Recorder): void => {
  if (task().stage === 'ended') throw new AppError('TASK_ENDED', aboutNow(task()))
}

/** A plan may have hundreds. */
const readyNamedMax = 20

const aboutNow = (task: BornTask) => ({ status: task.status, allowed: allowedNow(task) })

export const pauseTask = (recorder: Recorder): void => {
  mustGoOn(recorder)
  const task = recorder.task()
  if (task.status === 'paused') return
  if (!taskCan.pause(task)) throw new AppError('TASK_NOT_PAUSABLE', aboutNow(task))
  recorder.record({ type: 'TaskPaused', data: { reason: 'person', note: '' } })
}

export const resumeTask = (recorder: Recorder): void => {
  mustGoOn(recorder)
  const task = recorder.task()
  if (!taskCan.resume(task)) throw new AppError('TASK_NOT_PAUSED', aboutNow(task))
  recorder.record({ type: 'TaskResumed', data: {} })
}

export const stepTask = ({ stepId }: CommandOf<'StepTask'>, recorder: Recorder): void => {
  mustGoOn(recorder)
  const task = recorder.task()
  if (task.status !== 'paused') throw new AppError('TASK_NOT_PAUSED', aboutNow(task))
  const asked = stepId === null ? undefined : task.steps[stepId]
  if (stepId !== null && asked === undefined)
    throw new AppError('NOT_FOUND', { kind: 'step', stepId })
  const steppable = steppableSteps(task)
  const step =
    stepId === null ? steppable[0] : steppable.find((candidate) => candidate.stepId === stepId)
  if (!step && stepId !== null && isOnItsWay(stepId, task)) return
  if (!step) {
    const ready = steppable.slice(0, readyNamedMax).map((one) => one.stepId)
    throw new AppError('STEP_NOT_READY', {
      stepId,
      ...(asked !== undefined && { stepStatus: asked.status }),
      ready,
      allowed: asked === undefined ? allowedNow(task) : allowedWith(task, asked),
    })
  }
  recorder.record({ type: 'TaskStepped', data: { stepId: step.stepId } })
}

/** True for a step that was let through before and has not come to its end. */
const isOnItsWay = (stepId: StepId, { steppedIds, steps }: BornTask): boolean => {
  const step = steps[stepId]
  return steppedIds.includes(stepId) && step?.status !== 'failed' && !(step && hasEnded(step))
}

export const cancelTask = ({ reason }: CommandOf<'CancelTask'>, recorder: Recorder): void => {
  if (recorder.task().status === 'cancelled') return
  mustGoOn(recorder)
  recorder.record({ type: 'TaskCancelled', data: { reason } })
}

/** When the time limit ends, people's time not counted; null while the task waits for a person. */
export const durationEndsAt = ({
  createdAt,
  waitedMs,
  waitingSince,
  options,
}: {
  createdAt: string
  waitedMs: number
  waitingSince: string | null
  options: { limits: { durationMs: number } }
}): number | null =>
  waitingSince === null ? Date.parse(createdAt) + options.limits.durationMs + waitedMs : null

export const checkDuration = (recorder: Recorder): void => {
  const task = recorder.task()
  const endsAt = durationEndsAt(task)
  if (task.stage === 'ended' || endsAt === null || Date.parse(recorder.at) < endsAt) return
  const minutes = Math.round(task.options.limits.durationMs / 6_000) / 10
  recorder.record({
    type: 'TaskFailed',
    data: { reason: `The time limit of ${minutes} minutes was reached.`, stepId: null },
  })
}
