import { improvementMin, scoreOf } from '@maestro/task-model/drafting/convergence-of'
import type { BornTask } from '@maestro/task-model/task'
import { formatPlural } from '../../../ui/format-count.ts'
import { convergenceWords } from './convergence-words.ts'

/** How drafting stands, in one sentence or two: who is at work, or why it stopped and with which version. */
export const draftSentence = (task: BornTask): string => {
  const { converged, round, jobs } = task.drafting
  if (converged !== null) {
    const why = whyStopped(task)
    return why === null
      ? `Version ${converged.version} holds: ${convergenceWords[converged.reason]}.`
      : `${why} Version ${converged.version} holds.`
  }
  if (task.stage === 'ended') return 'Drafting was not finished.'
  if (task.status === 'paused') return `Round ${round} is held.`
  const busy = [
    ...(jobs.planner.phase === 'calling' ? ['the Planner writes'] : []),
    ...(jobs['agent-observer'].phase === 'calling' ? ['AgentObserver judges the team'] : []),
    ...(jobs['plan-observer'].phase === 'calling' ? ['PlanObserver judges the plan'] : []),
  ]
  return `Round ${round}: ${busy.length === 0 ? 'between two steps' : busy.join(', ')}.`
}

/** With the figures that it stopped by; null: there are none to tell. */
const whyStopped = ({ drafting, versions, options }: BornTask): string | null => {
  const { reason } = drafting.converged ?? {}
  if (reason === 'round-cap')
    return `Stopped after ${formatPlural(options.drafting.roundsMax, 'round')}, as many as it may take.`
  if (reason !== 'no-improvement') return null
  // What a person edited later was not drafted.
  const judged = versions.filter(
    (plan) => plan.author === 'planner' && plan.round >= drafting.sinceRound,
  )
  const last = judged.at(-1)
  const score = last === undefined ? null : scoreOf(last)
  const best = Math.max(...judged.slice(0, -1).map((plan) => scoreOf(plan) ?? 0))
  if (last === undefined || score === null || judged.length < 2) return null
  const change = `${score < best ? '−' : '+'}${Math.abs(score - best).toFixed(3)}`
  return `Stopped after version ${last.version}: its score changed by ${change}, and less than ${improvementMin} is no improvement.`
}
