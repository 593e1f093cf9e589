import { deliverRefined } from '../refinement/advance-refinement.ts'
import type { Recorder } from '../recorder.ts'
import type { CommandOf } from '../task-command.ts'
import { limitReason } from './limit-reason.ts'
import { reachedTaskLimit, reachedTime } from './reached-cap.ts'
import { stepEndsAt } from './step-time.ts'

/** The timer of a step's cap on time: whatever it waits for is given up. Tools that run end by themselves, and the step with them. */
export const checkStepTime = ({ stepId }: CommandOf<'CheckStepTime'>, recorder: Recorder): void => {
  const { task, record, at } = recorder
  const step = task().steps[stepId]
  const endsAt = step === undefined ? null : stepEndsAt(step)
  if (!step || endsAt === null || Date.parse(at) < endsAt || step.phase === 'tools') return
  const limit = reachedTime(step, at)
  if (limit === null) return
  const { attempt } = step
  const reason = limitReason(limit)
  if (deliverRefined(step, reason, recorder)) return
  record({ type: 'StepFailed', data: { stepId, attempt, reason, limit } })
}

/** A task that ran away is ended. True when it was. */
export const stopRunaway = ({ task, record, events }: Recorder): boolean => {
  // Only what brings something can go too far.
  if (!events.some(({ type }) => type === 'CallFinished' || type === 'ToolAnswered')) return false
  const limit = reachedTaskLimit(task())
  if (limit === null) return false
  record({ type: 'TaskFailed', data: { reason: limitReason(limit), stepId: null, limit } })
  return true
}
