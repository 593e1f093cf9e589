import type { CallDecision, ConsideredModel } from '@maestro/contracts/llm/call-decision'
import type { CallWork } from '@maestro/contracts/llm/call-work'
import { mergeStrategies } from '@maestro/contracts/llm/call-strategy'
import type { StrategyVersion } from '@maestro/contracts/llm/strategy-endpoints'
import { nanoUsd } from '@maestro/contracts/money/nano-usd'
import {
  type Candidate,
  type ConditionSubject,
  listCandidates,
  type ProviderEntry,
} from './list-candidates.ts'
import { type CandidateFigures, orderCandidates, type RankedCandidate } from './order-candidates.ts'
import type { ProviderCondition } from './provider-condition.ts'

type Asked = Pick<CallWork, 'providers' | 'model' | 'strategy'>

/** What a call is decided by: the request over agent and task over the system. */
const strategyFor = ({ providers, strategy }: Asked, system: StrategyVersion) => {
  const wished = mergeStrategies(providers.length > 0 ? { providers } : {}, strategy)
  const { models, prefer } = mergeStrategies(wished, system.strategy)
  return { wanted: wished.providers ?? [], models, prefer: prefer ?? 'order' }
}

/** Who may answer a call, in the order of its strategy. */
export const candidatesOf = (
  work: Asked,
  {
    system,
    entries,
    conditionOf,
  }: {
    system: StrategyVersion
    entries: readonly ProviderEntry[]
    conditionOf: (subject: ConditionSubject) => ProviderCondition
  },
): readonly Candidate[] => {
  const { wanted, models } = strategyFor(work, system)
  const usual = system.strategy.providers
  return listCandidates({ wanted, usual, models, model: work.model, entries, conditionOf })
}

/** Whom a call asks in which order, as things stand now, with what is worth remembering of it. */
export const decideOrder = (
  work: Asked,
  {
    figuresOf,
    ...known
  }: Parameters<typeof candidatesOf>[1] & {
    figuresOf: (candidate: Candidate) => CandidateFigures
  },
): { candidates: readonly Candidate[]; decision: CallDecision } => {
  const { wanted, prefer } = strategyFor(work, known.system)
  const all = candidatesOf(work, known).map((candidate) => ({
    candidate,
    figures: figuresOf(candidate),
  }))
  const ordered = orderCandidates(all, prefer)
  return {
    candidates: ordered.map(({ candidate }) => candidate),
    decision: {
      prefer,
      isWished: wanted.length > 0,
      strategyVersion: known.system.version,
      considered: ordered.map(consideredOf),
    },
  }
}

const reasonCharactersMax = 200

const consideredOf = ({
  candidate: { provider, model, keyId, condition },
  figures: { isFull, latencyMs, priceNanoUsd, headroom },
}: RankedCandidate): ConsideredModel => ({
  provider,
  model,
  keyId,
  state: stateOf(condition, isFull),
  reason: (condition.state === 'ready' ? '' : condition.reason)
    .slice(0, reasonCharactersMax)
    .toWellFormed(),
  latencyMs,
  priceNanoUsd: priceNanoUsd === null ? null : nanoUsd(priceNanoUsd),
  headroomPercent: headroom === null ? null : Math.round(headroom * 100),
})

/** How a model stands, in a word. */
export const stateOf = (
  condition: ProviderCondition,
  isFull: boolean,
): ConsideredModel['state'] => {
  if (condition.state === 'cooling') return condition.isBroken === true ? 'broken' : 'cooling'
  if (condition.state === 'off') return 'off'
  if (isFull) return 'busy'
  return condition.isTrial === true ? 'trial' : 'ready'
}
