import { scoreOf } from '@maestro/task-model/drafting/convergence-of'
import type { BornTask, PlanVersion } from '@maestro/task-model/task'

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
  /** What the drafting goes by: the mean of both verdicts. Null while one is missing. */
  readonly score: number | null
  readonly change: number | null
  /** What the calls of its round took, its verdicts and repairs included; null: no model wrote it. */
  readonly used: { readonly tokens: number; readonly costNanoUsd: number } | null
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
      used: plan.author === 'planner' ? usedIn(task, plan.round) : null,
    }
  })
}

const usedIn = ({ drafting }: BornTask, round: number): NonNullable<VersionRow['used']> => {
  const facts = drafting.calls.flatMap((call) => (call.round === round ? (call.facts ?? []) : []))
  return {
    tokens: facts.reduce((sum, { usage }) => sum + usage.inputTokens + usage.outputTokens, 0),
    costNanoUsd: facts.reduce((sum, { costNanoUsd }) => sum + costNanoUsd, 0),
  }
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
