import { approvalIdOf, type StepId } from '@maestro/contracts/ids'
import { expiryOf } from './approval-expiry.ts'
import { advanceStep } from './advance-step.ts'
import type { Recorder } from './recorder.ts'
import type { BornTask, Step } from './task.ts'
import { readySteps } from './task-can.ts'

/** Moves running steps on, starts ready ones up to the limit, and sees the end. */
export const advanceExecution = (recorder: Recorder): void => {
  for (const stepId of recorder.task().order) {
    const step = recorder.task().steps[stepId]
    if (step && step.phase !== null && mayGoOn(recorder.task(), stepId)) advanceStep(step, recorder)
  }
  if (!hasFailed(recorder.task())) startReady(recorder)
  seeEnd(recorder)
}

const mayGoOn = (task: BornTask, stepId: StepId): boolean =>
  task.pause === null || task.steppedIds.includes(stepId)

const stepsOf = (task: BornTask): readonly Step[] => Object.values<Step>(task.steps)
const hasFailed = (task: BornTask) => stepsOf(task).some(({ status }) => status === 'failed')
const runningCount = (task: BornTask) => stepsOf(task).filter(({ phase }) => phase !== null).length

const startReady = ({ task, record, at }: Recorder): void => {
  let free = task().options.limits.stepsParallelMax - runningCount(task())
  for (const { stepId, title, status, approved } of readySteps(task())) {
    if (!mayGoOn(task(), stepId)) continue
    if (task().options.autonomy === 'approve-steps' && !approved) {
      record({
        type: 'ApprovalRequested',
        data: {
          approvalId: approvalIdOf(task().taskId, stepId.replace('_', '-')),
          kind: 'step',
          planVersion: task().planVersion ?? 1,
          stepId,
          ask: `Run step "${title}"?`,
          expiresAt: expiryOf(at),
        },
      })
    } else if (free > 0) {
      free -= 1
      record({ type: 'StepStarted', data: { stepId, attempt: 1 } })
    } else if (status !== 'queued') {
      record({ type: 'StepQueued', data: { stepId } })
    }
  }
}

const seeEnd = ({ task, record }: Recorder): void => {
  const { steps, order, resultStepId } = task()
  const failed = order.map((stepId) => steps[stepId]).find((step) => step?.status === 'failed')
  if (failed) {
    // Others that run are let finish: their calls are paid for.
    if (stepsOf(task()).some(({ phase }) => phase !== null && phase !== 'asked')) return
    const reason = `Step "${failed.title}" failed: ${failed.failure}`
    record({ type: 'TaskFailed', data: { reason, stepId: failed.stepId } })
    return
  }
  const result = resultStepId === null ? null : (steps[resultStepId]?.output ?? null)
  if (result !== null && order.every((stepId) => steps[stepId]?.status === 'done')) {
    record({ type: 'TaskSucceeded', data: { result } })
  }
}
