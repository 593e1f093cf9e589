import type { StrategyPreference } from '@maestro/contracts/llm/call-strategy'
import type { Candidate } from './list-candidates.ts'

/** What is known of a candidate when it is decided who is asked first. Null: nothing is. */
export type CandidateFigures = {
  /** All its places are taken. */
  isFull: boolean
  callsInFlight: number
  /** The median of the last minutes. */
  latencyMs: number | null
  /** What the call is expected to cost. */
  priceNanoUsd: number | null
  /** The share that is left of our limits, from 0 to 1. */
  headroom: number | null
}

export type RankedCandidate = { candidate: Candidate; figures: CandidateFigures }

/**
 * Who can answer now comes first, then who has no place free, who waits, and who is off; among
 * equals whoever is preferred; among those the order that was given.
 */
export const orderCandidates = (
  candidates: readonly RankedCandidate[],
  prefer: StrategyPreference,
): readonly RankedCandidate[] =>
  candidates
    .map((ranked) => ({ ranked, group: groupOf(ranked), cost: costs[prefer](ranked.figures) }))
    // Sorting keeps the order of equals.
    .sort((one, other) => one.group - other.group || compare(one.cost, other.cost))
    .map(({ ranked }) => ranked)

const groupOf = ({ candidate: { condition }, figures }: RankedCandidate): number => {
  if (condition.state === 'ready') return figures.isFull ? 1 : 0
  return condition.state === 'cooling' ? 2 : 3
}

/** Infinity minus itself is no number. */
const compare = (one: number, other: number) => (one === other ? 0 : one - other)

/** The less, the sooner. */
const costs: Record<StrategyPreference, (figures: CandidateFigures) => number> = {
  order: () => 0,
  // Who is not known is tried by one call, and is known then; meanwhile it comes last.
  latency: ({ latencyMs, callsInFlight }) =>
    latencyMs ?? (callsInFlight === 0 ? 0 : Number.POSITIVE_INFINITY),
  // Without a price it would be refused to whoever has a budget.
  price: ({ priceNanoUsd }) => priceNanoUsd ?? Number.POSITIVE_INFINITY,
  // In tenths, so that it does not jump to and fro with every call. Who says nothing limits nothing.
  headroom: ({ headroom }) => -Math.floor((headroom ?? 1) * 10),
}
