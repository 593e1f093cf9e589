import type { StepId } from '@maestro/contracts/ids'
import type { BornTask, Step } from '../task.ts'
import { stepEndsAt } from './step-time.ts'

/** The timer of a step whose time is capped, for when it can have ended at the earliest. */
export const stepTimer = (task: BornTask, stepId: StepId) => {
  const step = task.steps[stepId]
  const endsAt = step === undefined ? null : stepEndsAt(step)
  if (endsAt === null) return []
  const dueAt = new Date(endsAt).toISOString()
  return [{ id: `step-time:${stepId}`, dueAt, kind: 'check-step-time' as const, stepId }]
}

/** Of all steps, for what lets many go on. */
export const stepTimers = (task: BornTask) =>
  task.order.flatMap((stepId) => stepTimer(task, stepId))

/** What a step still waits for when it fails is of no use any more. */
export const cancelCallsOf = (task: BornTask, stepId: StepId) => {
  const { attempt = 0, calls = [] } = task.steps[stepId] ?? ({} as Partial<Step>)
  const callIds = calls.filter(({ status }) => status === 'running').map(({ callId }) => callId)
  if (callIds.length === 0) return []
  const id = `cancel-calls:${stepId}:${attempt}`
  return [{ id, dueAt: null, kind: 'cancel-calls' as const, callIds }]
}
