import type { PlannerAnswer } from '@maestro/contracts/task/plan-draft'
import type { Recorder } from '../recorder.ts'
import type { BornTask, Verdict } from '../task.ts'

type Replies = PlannerAnswer['replies']

/** Findings of the version before that these replies leave out. */
export const unansweredIn = (replies: Replies, { versions, drafting }: BornTask) => {
  const before = versions.findLast(({ round, complete }) => complete && round < drafting.round)
  const answered = new Set(replies.map(({ findingId }) => findingId))
  return Object.values<Verdict | null>(before?.verdicts ?? {})
    .flatMap((verdict) => verdict?.findings ?? [])
    .filter(({ findingId }) => !answered.has(findingId))
}

/** What is said of each finding; of what the Planner passed over, that it did. */
export const recordReplies = (
  version: number,
  replies: Replies,
  unanswered: ReturnType<typeof unansweredIn>,
  { record }: Recorder,
): void => {
  for (const { findingId, addressed, note } of replies) {
    record({ type: 'FindingAnswered', data: { version, findingId, addressed, note } })
  }
  for (const { findingId } of unanswered) {
    const said = { addressed: false, note: '', isUnanswered: true as const }
    record({ type: 'FindingAnswered', data: { version, findingId, ...said } })
  }
}
