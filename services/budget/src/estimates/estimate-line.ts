import type { EstimateBasis, EstimateLine } from '@maestro/contracts/budget/estimate-endpoints'
import type { CallCandidate } from '@maestro/contracts/llm/strategy-endpoints'
import { costOf, type Usage } from '@maestro/contracts/money/cost-of'
import { type NanoUsd, nanoUsd } from '@maestro/contracts/money/nano-usd'
import type { Price } from '../prices/price.ts'
import { ceilingOf } from '../booking/holding-of.ts'
import { trimmedMean } from './trimmed-mean.ts'
import type { WorkSample } from './work-sample.ts'

/** Below it, what happened before is chance. */
const samplesMin = 3

/** A model that may answer, with its price; null: none is known, so budget refuses its calls. */
export type PricedCandidate = CallCandidate & { readonly price: Price | null }

/** Attempts that may leave for a provider, and the most that each may answer. */
export type CallBound = { readonly attempts: number; readonly outputTokensMax: number }

type Work = Pick<EstimateLine, 'of' | 'step' | 'agent'> & {
  /** In the order in which they are asked. */
  readonly candidates: readonly PricedCandidate[]
  /** Null: nobody knows yet how much work it is. */
  readonly bounds: readonly CallBound[] | null
  /** What was done before of this kind. */
  readonly samples: readonly WorkSample[]
}

/** What one piece of work will cost: expected by what was used before, at worst by what code allows. */
export const estimateLine = ({
  of,
  step,
  agent,
  candidates,
  bounds,
  samples: known,
}: Work): EstimateLine => {
  const answering = candidates.find(({ price }) => price !== null)
  const worstNanoUsd = worstOf(candidates, bounds)
  const named = { of, step, agent, worstNanoUsd }
  const price = answering?.price ?? null
  if (answering === undefined || price === null)
    return {
      ...named,
      model: null,
      basis: 'nothing',
      samples: 0,
      expectedNanoUsd: null,
      expectedInputTokens: null,
      expectedOutputTokens: null,
    }
  const model = { provider: answering.provider, model: answering.model }
  const { basis, samples, usage } = usedBefore(known, { ...model, agent })
  if (basis === null)
    return {
      ...named,
      model,
      basis: worstNanoUsd === null ? 'nothing' : 'bounds',
      samples: 0,
      expectedNanoUsd: worstNanoUsd,
      expectedInputTokens: null,
      expectedOutputTokens: null,
    }
  return {
    ...named,
    model,
    basis,
    samples,
    // Many calls together: none of them is long because all of them are.
    expectedNanoUsd: costOf(usage, { ...price.rate, longAboveTokens: null }),
    expectedInputTokens: usage.inputTokens,
    expectedOutputTokens: usage.outputTokens,
  }
}

type Wanted = { provider: string; model: string; agent: string | null }
type Used = { basis: EstimateBasis | null; samples: number; usage: Usage }

/** Most steps of a plan are of a few agents, and there are thousands of samples to look through for each. */
const usedBySamples = new WeakMap<readonly WorkSample[], Map<string, Used>>()

const usedBefore = (samples: readonly WorkSample[], wanted: Wanted): Used => {
  const answers = usedBySamples.get(samples) ?? new Map<string, Used>()
  usedBySamples.set(samples, answers)
  const key = JSON.stringify([wanted.provider, wanted.model, wanted.agent])
  const known = answers.get(key)
  if (known !== undefined) return known
  const { basis, found } = nearest(samples, wanted)
  const used = { basis, samples: found.length, usage: usageOf(found) }
  answers.set(key, used)
  return used
}

const nearest = (
  samples: readonly WorkSample[],
  { provider, model, agent }: Wanted,
): { basis: EstimateBasis | null; found: readonly WorkSample[] } => {
  const ofModel = samples.filter((one) => one.provider === provider && one.model === model)
  const ofRole = agent === null ? [] : ofModel.filter(({ role }) => role === agent)
  const levels = [
    ['role', ofRole],
    ['model', ofModel],
    ['operation', samples],
  ] as const
  const level = levels.find(([, found]) => found.length >= samplesMin)
  return level === undefined ? { basis: null, found: [] } : { basis: level[0], found: level[1] }
}

const usageOf = (samples: readonly WorkSample[]): Usage => {
  const mean = (of: (sample: WorkSample) => number) => trimmedMean(samples.map(of)) ?? 0
  return {
    inputTokens: mean(({ inputTokens }) => inputTokens),
    cachedInputTokens: mean(({ cachedInputTokens }) => cachedInputTokens),
    outputTokens: mean(({ outputTokens }) => outputTokens),
    reasoningTokens: 0,
  }
}

/** Every attempt that may be sent, each as large as the dearest model takes it. */
const worstOf = (
  candidates: readonly PricedCandidate[],
  bounds: readonly CallBound[] | null,
): NanoUsd | null => {
  // A call without a price is refused and costs nothing.
  const priced = candidates.flatMap(({ price, contextTokensMax }) =>
    price === null ? [] : [{ price, contextTokensMax }],
  )
  const isFree = ({ price: { rate } }: (typeof priced)[number]) =>
    rate.inputMicroUsdPerMTok === 0 && rate.outputMicroUsdPerMTok === 0
  if (priced.every(isFree)) return nanoUsd(0)
  if (bounds === null) return null
  let sum = 0
  for (const { attempts, outputTokensMax } of bounds) {
    let dearest = 0
    for (const one of priced) {
      if (isFree(one)) continue
      // What a model reads is bounded by its context alone.
      if (one.contextTokensMax === null) return null
      const usage = {
        inputTokens: one.contextTokensMax,
        cachedInputTokens: 0,
        outputTokens: Math.min(outputTokensMax, one.price.outputTokensMax ?? outputTokensMax),
        reasoningTokens: 0,
      }
      dearest = Math.max(dearest, costOf(usage, ceilingOf(one.price.rate, one.contextTokensMax)))
    }
    sum += attempts * dearest
  }
  return Number.isSafeInteger(sum) ? nanoUsd(sum) : null
}
