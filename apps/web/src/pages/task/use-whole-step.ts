import type { StepId } from '@maestro/contracts/ids'
import type { Step } from '@maestro/task-model/task'
import { useStep, useTaskSession } from './task-context.ts'
import { useSteadyView } from './use-steady-view.ts'

/** The design's cap for what somebody reads. */
const tellEveryMs = 100

export type WholeStep = {
  /** Without turns and finished calls while `reading` is not null. */
  step: Step | null
  /** How many of the events are read that tell its turns and calls. */
  reading: { read: number; of: number } | null
}

/** A step with all of its turns and calls, also of a long task, whose states do not have them: then its events are read, if somebody wants it so. */
export const useWholeStep = (stepId: StepId, isWanted: boolean): WholeStep => {
  const session = useTaskSession()
  const shown = useStep(stepId)
  const { isOutline, seq } = useSteadyView(tellEveryMs)
  if (!isOutline || shown === null) return { step: shown, reading: null }
  const whole = isWanted ? session.wholeStep(stepId, seq) : null
  if (whole !== null) return { step: whole, reading: null }
  const { from, at, to } = session.readingStep() ?? { from: 0, at: 0, to: 0 }
  return { step: shown, reading: { read: at - from, of: to - from } }
}
