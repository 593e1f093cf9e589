import { putPrices } from '@maestro/contracts/budget/price-endpoints'
import type { ListingProvider, refreshModels } from '@maestro/contracts/llm/model-endpoints'
import type { Call } from '@maestro/service-kit/call'
import type { Sql } from '@maestro/service-kit/database'
import type { Logger } from '@maestro/service-kit/logger'
import type { z } from 'zod'
import { oneLine } from '../call/attempt-facts.ts'
import type { Keyring } from '../keys/keyring.ts'
import { withoutKey } from '../keys/keyed-adapter.ts'
import type { Adapters } from '../providers/create-adapters.ts'
import { ProviderFailure } from '../providers/provider-failure.ts'
import { listModelsOf } from './list-models.ts'
import { listOllamaModels } from './list-ollama-models.ts'
import type { ListedModel } from './listed-model.ts'
import { replaceListedModels } from './model-rows.ts'
import { publishedPrices } from './published-prices.ts'

const timeoutMs = 10_000

export type Refreshed = z.infer<typeof refreshModels.output>['items'][number]

/** Asks one provider for its models and hands the prices in it to budget. Says what went wrong; what was listed before stays then. */
export const refreshModelsOf = async (
  {
    sql,
    log,
    call,
    keyring,
    adapters,
  }: { sql: Sql; log: Logger; call: Call; keyring: Keyring; adapters: Adapters },
  provider: ListingProvider,
): Promise<Refreshed> => {
  const failed = (problem: string): Refreshed => ({
    provider,
    models: 0,
    pricesChanged: 0,
    problem: oneLine(problem),
  })
  const asked = await ask({ keyring, adapters }, provider)
  if ('problem' in asked) return failed(asked.problem)
  await replaceListedModels(sql, provider, asked.models)
  const prices = publishedPrices(provider, asked.models)
  const models = asked.models.length
  if (prices.length === 0) return { provider, models, pricesChanged: 0, problem: '' }
  try {
    const source = `published by ${provider} in its list of models`
    const { changed } = await call(putPrices, { origin: 'provider', source, prices })
    return { provider, models, pricesChanged: changed, problem: '' }
  } catch (error) {
    log.warn({ err: error, provider }, 'budget did not take the prices of a provider')
    const problem = 'Its models are listed, but budget did not take its prices; refresh again.'
    return { provider, models, pricesChanged: 0, problem }
  }
}

const ask = async (
  { keyring, adapters }: { keyring: Keyring; adapters: Adapters },
  provider: ListingProvider,
): Promise<{ models: readonly ListedModel[] } | { problem: string }> => {
  const signal = AbortSignal.timeout(timeoutMs)
  let apiKey = ''
  try {
    if (provider === 'ollama') {
      const { adapter, address, reason } = adapters.ollama()
      if (adapter === null) return { problem: reason }
      return { models: await listOllamaModels({ address, signal }) }
    }
    const [keyId] = keyring.idsFor(provider, null)
    const value = keyId === undefined ? null : keyring.valueOf(provider, keyId)
    if (value === null) return { problem: keyring.reasonOf(provider, null) }
    apiKey = value
    const { address } = adapters.keyed[provider]
    return { models: await listModelsOf[provider]({ address, apiKey, signal }) }
  } catch (error) {
    if (signal.aborted)
      return { problem: `${provider} did not list its models within ${timeoutMs / 1_000} s.` }
    const failure = apiKey === '' ? error : withoutKey(error, apiKey)
    if (failure instanceof ProviderFailure) return { problem: failure.message }
    throw failure
  }
}
