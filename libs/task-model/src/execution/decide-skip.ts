import { AppError } from '@maestro/contracts/errors'
import { allowedWith } from '../control/allowed-now.ts'
import { mustGoOn } from '../control/decide-control.ts'
import type { Recorder } from '../recorder.ts'
import { canSkip } from '../task-can.ts'
import type { CommandOf } from '../task-command.ts'

/** A person leaves a step out. What it would have delivered is missing as if its condition did not hold. */
export const skipStep = ({ stepId, reason }: CommandOf<'SkipStep'>, recorder: Recorder): void => {
  mustGoOn(recorder)
  const task = recorder.task()
  const step = task.steps[stepId]
  if (!step) throw new AppError('NOT_FOUND', { kind: 'step', stepId })
  if (step.status === 'skipped') return
  if (!canSkip(task, step))
    throw new AppError('STEP_NOT_SKIPPABLE', {
      stepId,
      status: step.status,
      allowed: allowedWith(task, step),
    })
  recorder.record({ type: 'StepSkipped', data: { stepId, reason } })
}
