import type { CallWork, TextPart } from '@maestro/contracts/llm/call-work'
import type { ProviderName } from '@maestro/contracts/llm/chat'
import { subjectScope } from '../conditions/condition-news.ts'
import { headroomShare } from '../conditions/headroom.ts'
import type { ProviderRegistry } from '../provider-registry.ts'
import { candidatesOf, decideOrder } from '../strategy/decide-order.ts'
import type { Candidate } from '../strategy/list-candidates.ts'
import type { CandidateFigures } from '../strategy/order-candidates.ts'
import type { PriceList } from '../strategy/price-list.ts'
import type { StrategyKeeper } from '../strategy/strategy-keeper.ts'
import type { ProviderGate } from './admit.ts'
import type { CallLedger } from './call-ledger.ts'

export type CandidatesPlace = ProviderGate & {
  registry: ProviderRegistry
  strategy: Pick<StrategyKeeper, 'current'>
  prices: Pick<PriceList, 'expected'>
}

/**
 * Who may answer one call. The order is decided once, written down, and kept: what follows from a
 * failure is the recovery's to say, and must not be turned round by figures that move meanwhile.
 */
export type CallCandidates = {
  /** As they are now. */
  now: () => readonly Candidate[]
  /** The first one had no place, or is not ready any more: the order is decided anew. */
  decideAnew: () => void
}

export const openCandidates = (
  place: CandidatesPlace,
  { work, ledger }: { work: CallWork; ledger: Pick<CallLedger, 'noteDecision'> },
): CallCandidates => {
  const { registry, conditions, strategy } = place
  const size = { inputBytes: inputBytesOf(work), outputTokensMax: work.outputTokensMax }
  let order: readonly ProviderName[] | null = null

  return {
    now: () => {
      const known = {
        system: strategy.current(),
        entries: registry.entries(work.userId),
        conditionOf: conditions.of,
      }
      if (order !== null) return inOrder(candidatesOf(work, known), order)
      const figuresOf = (candidate: Candidate) => figuresFor(candidate, place, size)
      const { candidates, decision } = decideOrder(work, { ...known, figuresOf })
      ledger.noteDecision(decision)
      order = candidates.map(({ provider }) => provider)
      return candidates
    },
    decideAnew: () => {
      order = null
    },
  }
}

const figuresFor = (
  candidate: Candidate,
  { statistics, places, prices }: CandidatesPlace,
  size: { inputBytes: number; outputTokensMax: number },
): CandidateFigures => {
  const scope = subjectScope(candidate)
  const headroom = statistics.headroom(scope)
  return {
    isFull: places.isFull(candidate),
    callsInFlight: statistics.callsInFlight(scope),
    latencyMs: statistics.figures(scope).latencyMs?.p50 ?? null,
    priceNanoUsd: prices.expected(candidate, size),
    headroom: headroom === null ? null : headroomShare(headroom, Date.now()),
  }
}

/** Whoever came meanwhile (an Ollama that was started) comes last. */
const inOrder = (candidates: readonly Candidate[], order: readonly ProviderName[]) => {
  const rankOf = ({ provider }: Candidate) => {
    const rank = order.indexOf(provider)
    return rank < 0 ? order.length : rank
  }
  return [...candidates].sort((one, other) => rankOf(one) - rankOf(other))
}

/** About what the model reads: texts by reference have their size with them. */
const inputBytesOf = ({ messages }: CallWork): number => {
  const ofPart = (part: TextPart) => ('ref' in part ? part.ref.bytes : part.text.length)
  return messages.reduce(
    (sum, message) =>
      sum +
      (message.role === 'assistant'
        ? message.answer.bytes
        : message.content.reduce((bytes, part) => bytes + ofPart(part), 0)),
    0,
  )
}
