import type { BornTask, PlanVersion } from '@maestro/task-model/task'
import { convergenceWords } from './convergence-words.ts'

export type FindingRow = {
  readonly findingId: string
  readonly severity: 'blocker' | 'major' | 'minor'
  readonly target: string
  readonly text: string
  /** What the version after this one says of it; null while there is none. */
  readonly reply: { version: number; addressed: boolean; note: string; isUnanswered?: true } | null
}

export type VersionRow = {
  readonly plan: PlanVersion
  /** The lower of the two verdicts: both have to approve. Null while one is missing. */
  readonly score: number | null
  readonly change: number | null
}

const scoreOf = ({ verdicts }: PlanVersion): number | null => {
  const scores = Object.values(verdicts).map((verdict) => verdict?.score)
  return scores.every((score) => score !== undefined) ? Math.min(...scores) : null
}

/** The versions, the newest last, each with its score and how much it changed. */
export const versionRows = (task: BornTask): readonly VersionRow[] => {
  const plans = task.versions.filter(({ complete }) => complete)
  return plans.map((plan, index) => {
    const score = scoreOf(plan)
    const before = plans[index - 1]
    const beforeScore = before === undefined ? null : scoreOf(before)
    return {
      plan,
      score,
      change: score === null || beforeScore === null ? null : score - beforeScore,
    }
  })
}

const rank = { blocker: 0, major: 1, minor: 2 }

/** Findings of one observer about a version, the worst first, each with what became of it. */
export const findingRows = (
  task: BornTask,
  plan: PlanVersion,
  observer: keyof PlanVersion['verdicts'],
): readonly FindingRow[] => {
  const later = task.versions.filter(({ version }) => version > plan.version)
  return (plan.verdicts[observer]?.findings ?? [])
    .map(({ findingId, severity, target, text }) => {
      const next = later.find(({ replies }) =>
        replies.some((reply) => reply.findingId === findingId),
      )
      const reply = next?.replies.find((candidate) => candidate.findingId === findingId)
      return {
        findingId,
        severity,
        target,
        text,
        reply:
          next && reply
            ? {
                version: next.version,
                addressed: reply.addressed,
                note: reply.note,
                ...(reply.isUnanswered === true && { isUnanswered: true as const }),
              }
            : null,
      }
    })
    .toSorted((one, other) => rank[one.severity] - rank[other.severity])
}

/** How drafting stands, in one sentence. */
export const draftSentence = (task: BornTask): string => {
  const { converged, round, jobs } = task.drafting
  if (converged !== null)
    return `Version ${converged.version} holds: ${convergenceWords[converged.reason]}.`
  if (task.stage === 'ended') return 'Drafting was not finished.'
  if (task.status === 'paused') return `Round ${round} is held.`
  const busy = [
    ...(jobs.planner.phase === 'calling' ? ['the Planner writes'] : []),
    ...(jobs['agent-observer'].phase === 'calling' ? ['AgentObserver judges the team'] : []),
    ...(jobs['plan-observer'].phase === 'calling' ? ['PlanObserver judges the plan'] : []),
  ]
  return `Round ${round}: ${busy.length === 0 ? 'between two steps' : busy.join(', ')}.`
}
