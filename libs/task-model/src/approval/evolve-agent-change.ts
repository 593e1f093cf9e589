import { withStep } from '../execution/with-step.ts'
import type { Approval, BornTask, Guidance } from '../task.ts'

/** The step waits with what the judge has read. */
export const askedAboutAgent = (task: BornTask, { stepId }: Approval): BornTask =>
  stepId === null ? task : withStep(task, stepId, () => ({ status: 'needs-you', phase: 'asked' }))

/** Answered, or no question any more: the step goes on where it was judged, with the words of whoever wants it otherwise. */
export const toldAboutAgent = (
  task: BornTask,
  approval: Approval,
  words: readonly Guidance[] = [],
): BornTask => {
  if (approval.stepId === null) return task
  return withStep(task, approval.stepId, (step) => {
    if (!isWaiting(task, approval)) return {}
    const { attempt, judging, guidance = [] } = step
    return {
      status: attempt === 1 ? 'running' : 'retrying',
      phase: judging?.phase ?? 'answered',
      ...(words.length > 0 && { guidance: [...guidance, ...words] }),
    }
  })
}

/** Whether the attempt whose result raised the question still waits for its answer. */
export const isWaiting = (
  { steps }: Pick<BornTask, 'steps'>,
  { stepId, agentChange }: Pick<Approval, 'stepId' | 'agentChange'>,
): boolean => {
  const step = stepId === null ? undefined : steps[stepId]
  return (
    step?.phase === 'asked' &&
    agentChange !== undefined &&
    step.judging?.callId === agentChange.callId
  )
}
