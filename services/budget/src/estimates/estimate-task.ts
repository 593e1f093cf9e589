import type {
  EstimateLine,
  EstimateQuery,
  EstimateTotal,
} from '@maestro/contracts/budget/estimate-endpoints'
import { mergeStrategies } from '@maestro/contracts/llm/call-strategy'
import { listCandidates } from '@maestro/contracts/llm/strategy-endpoints'
import type { Call } from '@maestro/service-kit/call'
import type { Sql } from '@maestro/service-kit/database'
import type { PriceBook } from '../prices/price-book.ts'
import { estimatePlan } from './estimate-plan.ts'
import { readSamples } from './read-samples.ts'
import { totalOf } from './total-of.ts'
import type { WorkSample } from './work-sample.ts'

/** Many plans may stand at once; what tasks used before is the same for all of them. */
const samplesMsMax = 10_000

export type Estimate = { lines: EstimateLine[]; total: EstimateTotal }
export type EstimateTask = (query: EstimateQuery) => Promise<Estimate>

/** What a task will cost: who would answer says the router, what such work used says the ledger. */
export const createEstimateTask = ({
  sql,
  call,
  prices,
  now,
}: {
  sql: Sql
  call: Call
  prices: PriceBook
  now: () => Date
}): EstimateTask => {
  let kept = { atMs: Number.NEGATIVE_INFINITY, samples: Promise.resolve<WorkSample[]>([]) }
  const recentSamples = (): Promise<WorkSample[]> => {
    const atMs = now().getTime()
    if (atMs - kept.atMs < samplesMsMax) return kept.samples
    const reading = { atMs, samples: readSamples(sql) }
    kept = reading
    // Whoever asks after a failure reads anew.
    reading.samples.catch(() => {
      if (kept === reading) kept = { ...reading, atMs: Number.NEGATIVE_INFINITY }
    })
    return reading.samples
  }

  return async (query) => {
    const { userId, options, plan } = query
    const ofTask = mergeStrategies(
      options.providers.length > 0 ? { providers: options.providers } : {},
      options.strategy,
    )
    const agents = plan?.agents ?? []
    const [{ items }, samples] = await Promise.all([
      call(listCandidates, {
        userId,
        strategies: [
          ofTask,
          mergeStrategies(options.judge?.strategy, ofTask),
          ...agents.map(({ strategy }) => mergeStrategies(strategy, ofTask)),
        ],
      }),
      recentSamples(),
    ])
    const at = now()
    const [taskCandidates = [], judgeCandidates = [], ...agentCandidates] = items.map(
      (candidates) =>
        candidates.map((candidate) => ({
          ...candidate,
          price: prices.priceAt(candidate.provider, candidate.model, at),
        })),
    )
    const lines = estimatePlan(
      query,
      {
        ofTask: taskCandidates,
        ofJudge: judgeCandidates,
        ofAgent: new Map(agents.map(({ name }, place) => [name, agentCandidates[place] ?? []])),
      },
      samples,
    )
    return { lines, total: totalOf(lines, options.limits.costNanoUsd) }
  }
}
