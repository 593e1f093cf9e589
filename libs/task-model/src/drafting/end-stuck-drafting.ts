import { approvalIdOf } from '@maestro/contracts/ids'
import { expiryOf } from '../approval/approval-expiry.ts'
import { triedOf } from '../approval/tried-of.ts'
import type { Recorder } from '../recorder.ts'
import type { CallRecord } from '../task.ts'
import { bestJudged } from './convergence-of.ts'

const reasonMax = 1_000

/**
 * A role of the drafting cannot go on. The best version that was judged holds; where a person's words have
 * put all of those out of the running, they are asked; where none was judged, the task ends.
 */
export const endStuckDrafting = (
  call: CallRecord | undefined,
  why: string,
  recorder: Recorder,
): void => {
  const { task, record } = recorder
  const reason = why.slice(0, reasonMax)
  const best = bestJudged(task())
  if (best !== null) {
    const { version } = best
    record({ type: 'PlanConverged', data: { version, reason: 'stuck', note: reason } })
    return
  }
  const earlier = bestJudged(task(), task().versions)
  if (earlier === null || call === undefined) {
    record({ type: 'TaskFailed', data: { reason, stepId: null } })
    return
  }
  ask(call, { reason, version: earlier.version }, recorder)
}

/** What a person wants who takes the best version there is, whatever they said after it. */
export const takeEarlier = ({ task, record }: Recorder): void => {
  const earlier = bestJudged(task(), task().versions)
  if (earlier === null) return
  record({ type: 'PlanConverged', data: { version: earlier.version, reason: 'person' } })
}

const ask = (
  { callId, failure, facts }: CallRecord,
  { reason, version }: { reason: string; version: number },
  { task, record, at }: Recorder,
): void => {
  const { taskId, planVersion } = task()
  record({
    type: 'ApprovalRequested',
    data: {
      approvalId: approvalIdOf(taskId, `ask-${callId.split('_').slice(2).join('-')}`),
      kind: 'failure',
      planVersion: planVersion ?? 1,
      stepId: null,
      ask: 'The drafting does not get on. How does it go on?',
      expiresAt: expiryOf(at),
      question: {
        callId,
        failureClass: failure?.class ?? 'model_output',
        message: reason,
        suggestion: `Take version ${version}, the best that was judged before you spoke, or have the role asked again.`,
        tried: triedOf(facts),
        choices: ['accept', 'retry', 'other-model', 'fail'],
      },
    },
  })
}
