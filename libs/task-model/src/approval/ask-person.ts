import { approvalIdOf, type StepId } from '@maestro/contracts/ids'
import type { FailureQuestion } from '@maestro/contracts/task/failure-question'
import { expiryOf } from './approval-expiry.ts'
import { triedOf } from './tried-of.ts'
import type { Recorder } from '../recorder.ts'
import type { CallRecord } from '../task.ts'

/** Asks a person how it goes on after a call that failed; `who` got no answer. */
export const askPerson = (
  call: CallRecord,
  { who, stepId }: { who: string; stepId: StepId | null },
  { task, record, at }: Recorder,
): void => {
  const { taskId, planVersion } = task()
  // The call's own place in the task, once more: each of its failures is asked about once.
  const parts = call.callId.split('_').slice(2)
  const what =
    stepId === null ? parts.join('-') : [parts.slice(0, -2).join('_'), ...parts.slice(-2)].join('-')
  record({
    type: 'ApprovalRequested',
    data: {
      approvalId: approvalIdOf(taskId, `ask-${what}`),
      kind: 'failure',
      planVersion: planVersion ?? 1,
      stepId,
      ask: `${who} got no answer. How does it go on?`,
      expiresAt: expiryOf(at),
      question: questionOf(call, stepId),
    },
  })
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
  // A role of the drafting cannot be left out.
  choices:
    stepId === null ? ['retry', 'other-model', 'fail'] : ['retry', 'other-model', 'skip', 'fail'],
})
