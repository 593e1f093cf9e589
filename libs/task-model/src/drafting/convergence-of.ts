import type { BornTask, PlanVersion } from '../task.ts'

/** Less than this is no improvement: scores of models wobble by as much. */
export const improvementMin = 0.01

export type Convergence =
  | {
      kind: 'converged'
      version: number
      reason: 'approved' | 'no-improvement' | 'round-cap' | 'cost-cap'
    }
  | { kind: 'next-round' }

/** The score of a version: both observers count the same. Null until both have judged it. */
export const scoreOf = ({ verdicts }: PlanVersion): number | null => {
  const [agents, plan] = [verdicts['agent-observer'], verdicts['plan-observer']]
  return agents && plan ? (agents.score + plan.score) / 2 : null
}

/** Where the drafting goes from here; null while the version of this round is not judged yet. */
export const convergenceOf = (task: BornTask): Convergence | null => {
  const { drafting, versions, options } = task
  const latest = versions.at(-1)
  if (drafting.converged !== null || !latest?.complete || latest.round !== drafting.round)
    return null
  const score = scoreOf(latest)
  if (score === null) return null

  // What a person says goes before what observers think of a version that does not know it.
  if (drafting.wantsRound === true) return { kind: 'next-round' }

  const approves = ({ verdicts }: PlanVersion) =>
    Object.values(verdicts).every(
      (verdict) => verdict?.verdict === 'approve' && verdict.score >= options.drafting.scoreMin,
    )
  if (approves(latest)) return { kind: 'converged', version: latest.version, reason: 'approved' }

  // A version that a person sent back is not chosen again, however well it was judged.
  const running = runningIn(task)
  const best = bestOf(running)
  if (drafting.round >= options.drafting.roundsMax) {
    return { kind: 'converged', version: best.version, reason: 'round-cap' }
  }
  if (isOverCost(task)) return { kind: 'converged', version: best.version, reason: 'cost-cap' }
  const earlierBest = Math.max(...running.slice(0, -1).map((version) => scoreOf(version) ?? 0))
  if (score < earlierBest + improvementMin) {
    return { kind: 'converged', version: best.version, reason: 'no-improvement' }
  }
  return { kind: 'next-round' }
}

/** The best version that was judged, when there is no money for another turn; null while there is, or none was judged. */
export const endByCost = (task: BornTask): Convergence | null => {
  if (!isOverCost(task) || task.drafting.wantsRound === true) return null
  const best = bestJudged(task)
  return best === null ? null : { kind: 'converged', version: best.version, reason: 'cost-cap' }
}

/** The best of these that both observers have judged: of those in the running, unless others are given. Null when none was. */
export const bestJudged = (
  task: BornTask,
  versions: readonly PlanVersion[] = runningIn(task),
): PlanVersion | null => {
  const judged = versions.filter((version) => scoreOf(version) !== null)
  return judged.length === 0 ? null : bestOf(judged)
}

/** What all calls of the drafting have cost. */
export const draftingCostOf = ({ drafting }: BornTask): number =>
  drafting.calls.reduce((sum, { facts }) => sum + (facts?.costNanoUsd ?? 0), 0)

const isOverCost = (task: BornTask): boolean => {
  const { costNanoUsd } = task.options.drafting
  return costNanoUsd !== undefined && draftingCostOf(task) >= costNanoUsd
}

const runningIn = ({ versions, drafting }: BornTask): readonly PlanVersion[] =>
  versions.filter(({ round }) => round >= drafting.sinceRound)

/** The highest score; among equals the newest, which answers more findings. */
const bestOf = (versions: readonly PlanVersion[]): PlanVersion =>
  versions.reduce((best, version) =>
    (scoreOf(version) ?? -1) >= (scoreOf(best) ?? -1) ? version : best,
  )
