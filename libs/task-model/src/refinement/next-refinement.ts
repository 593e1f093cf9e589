import type { AgentId } from '@maestro/contracts/ids'
import type { RefinementEnd, RefineTurn, StepMode } from '@maestro/contracts/task/step-mode'
import type { Step } from '../task.ts'
import type { Refinement } from './refinement.ts'

export type NextRefinement = { ask: RefineTurn } | { ended: RefinementEnd }

type Refining = Exclude<StepMode, { kind: 'single' }>

/** Who judges the newest version next, or why nobody does. */
export const nextRefinement = (
  { agentId }: Pick<Step, 'agentId'>,
  mode: Refining,
  refinement: Refinement,
): NextRefinement =>
  mode.kind === 'self-refinement'
    ? nextOfOne(agentId, mode.roundsMax, refinement)
    : nextOfMany(speakersOf(agentId, mode.agentIds), mode.roundsMax, refinement)

/** Its own version counts for nothing: an agent has to say of it that it is good. */
const nextOfOne = (
  agentId: AgentId,
  roundsMax: number,
  { round, version, notes, isUnchanged }: Refinement,
): NextRefinement => {
  const said = notes.at(-1)
  if (said?.verdict === 'good' && said.version === version) return { ended: 'agreed' }
  if (isUnchanged) return { ended: 'unchanged' }
  if (round >= roundsMax) return { ended: 'rounds' }
  return { ask: { round: round + 1, agentId } }
}

/** The others first: the step's own agent has said what it thinks by delivering. */
const speakersOf = (agentId: AgentId, others: readonly AgentId[]): readonly AgentId[] => [
  ...new Set([...others.filter((other) => other !== agentId), agentId]),
]

const nextOfMany = (
  speakers: readonly AgentId[],
  roundsMax: number,
  { round, speakerId, agreed, output }: Refinement,
): NextRefinement => {
  const last = speakerId === null ? -1 : speakers.indexOf(speakerId)
  for (let step = 1; step <= speakers.length; step += 1) {
    const place = last + step
    const agentId = speakers[place % speakers.length]
    // Whoever finds this very version good is not asked about it again.
    if (agentId === undefined || agreed[agentId] === output.sha256) continue
    const next = Math.max(1, place >= speakers.length ? round + 1 : round)
    return next > roundsMax ? { ended: 'rounds' } : { ask: { round: next, agentId } }
  }
  return { ended: 'agreed' }
}
