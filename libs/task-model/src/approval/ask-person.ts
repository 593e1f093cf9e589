import type { StepId } from '@maestro/contracts/ids'
import type { FailureQuestion } from '@maestro/contracts/task/failure-question'
import { failureChoices } from './choices.ts'
import { requestApproval } from './request-approval.ts'
import { triedOf } from './tried-of.ts'
import type { Recorder } from '../recorder.ts'
import type { CallRecord } from '../task.ts'

/** Asks a person how it goes on after a call that failed; `who` got no answer. */
export const askPerson = (
  call: CallRecord,
  { who, stepId }: { who: string; stepId: StepId | null },
  recorder: Recorder,
): void => {
  // The call's own place in the task, once more: each of its failures is asked about once.
  const parts = call.callId.split('_').slice(2)
  const what =
    stepId === null ? parts.join('-') : [parts.slice(0, -2).join('_'), ...parts.slice(-2)].join('-')
  requestApproval(
    {
      place: `ask-${what}`,
      kind: 'failure',
      stepId,
      ask: `${who} got no answer. How does it go on?`,
      question: questionOf(call, stepId),
    },
    recorder,
  )
}

const questionOf = (
  { callId, ask, failure, incomplete, facts }: CallRecord,
  stepId: StepId | null,
): FailureQuestion => ({
  callId,
  failureClass: failure?.class ?? incomplete?.failureClass ?? 'internal',
  message: failure?.message ?? incomplete?.message ?? '',
  suggestion: ask?.suggestion ?? '',
  tried: triedOf(facts),
  choices: [...failureChoices[stepId === null ? 'draft' : 'call']],
})
