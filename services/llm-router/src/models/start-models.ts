import { getPrices } from '@maestro/contracts/budget/budget-endpoints'
import { AppError } from '@maestro/contracts/errors'
import type { ProviderName } from '@maestro/contracts/llm/chat'
import {
  listModels,
  ListingProvider,
  type ModelOverride,
  putModelOverride,
  refreshModels,
} from '@maestro/contracts/llm/model-endpoints'
import { createLatestLook } from '@maestro/service-kit/latest-look'
import { createOutageLog } from '@maestro/service-kit/outage-log'
import { implement, type Implementation } from '@maestro/service-kit/serve'
import type { ServiceBase } from '@maestro/service-kit/start-service'
import type { Keyring } from '../keys/keyring.ts'
import type { Adapters } from '../providers/create-adapters.ts'
import { describeModels } from './describe-models.ts'
import { type ModelBounds, noBounds } from './model-bounds.ts'
import {
  claimRefresh,
  putOverride,
  readBounds,
  readListedModels,
  readOverrides,
} from './model-rows.ts'
import { refreshModelsOf } from './refresh-models.ts'

/** Lists of models change by the week, prices by the month. */
const refreshEveryMs = 6 * 3_600_000
/** Who has failed is asked again at the next turn, not at once. */
const lookEveryMs = 10 * 60_000
/** How late a worker may learn of a new default, or of other bounds. */
const readEveryMs = 2_000

export type Models = {
  /** The owner's choice; null: what is configured. Never waits. */
  defaultOf: (provider: ProviderName) => string | null
  /** Never waits. */
  boundsOf: (provider: ProviderName, model: string) => ModelBounds
  endpoints: readonly Implementation[]
  stop: () => void
}

/** The models of providers: listed, refreshed by one worker at a time, and what the owner says of them. */
export const startModels = async ({
  base: { sql, log, call },
  keyring,
  adapters,
}: {
  base: Pick<ServiceBase, 'sql' | 'log' | 'call'>
  keyring: Keyring
  adapters: Adapters
}): Promise<Models> => {
  const place = { sql, log, call, keyring, adapters }
  let defaults = new Map<ProviderName, string>()
  let bounds = new Map<string, ModelBounds>()
  const look = createLatestLook({
    read: () => Promise.all([readOverrides(sql), readBounds(sql)]),
    take: ([overrides, bounded]) => {
      defaults = defaultsOf(overrides)
      bounds = new Map(bounded.map((one) => [`${one.provider} ${one.model}`, one]))
    },
  })
  await look()
  const defaultOf = (provider: ProviderName) => defaults.get(provider) ?? null
  const configuredOf = (provider: ListingProvider) =>
    provider === 'ollama' ? adapters.ollama().model : adapters.keyed[provider].model

  const refreshDue = async () => {
    for (const provider of ListingProvider.options) {
      if (!(await claimRefresh(sql, provider, refreshEveryMs))) continue
      const { problem } = await refreshModelsOf(place, provider)
      if (problem !== '') log.info({ provider, problem }, 'models could not be listed')
    }
  }
  const quietly = (work: () => Promise<void>) => {
    const outage = createOutageLog({
      log,
      away: 'models cannot be looked at; what is known holds',
      back: 'models are looked at again',
    })
    return () => void work().then(outage.worked, outage.failed)
  }
  const refresh = quietly(refreshDue)
  const timers = [setInterval(refresh, lookEveryMs), setInterval(quietly(look), readEveryMs)]
  refresh()

  return {
    defaultOf,
    boundsOf: (provider, model) => bounds.get(`${provider} ${model}`) ?? noBounds,
    endpoints: [
      implement(listModels, async ({ provider }) => {
        const [listed, overrides, prices] = await Promise.all([
          readListedModels(sql),
          readOverrides(sql),
          call(getPrices, {}),
        ])
        const nowMs = Date.now()
        const present = prices.items.filter(
          ({ validFrom, validUntil }) =>
            Date.parse(validFrom) <= nowMs &&
            (validUntil === null || nowMs < Date.parse(validUntil)),
        )
        const byModel = new Map(
          present.map((price) => [`${price.rate.provider} ${price.rate.model}`, price]),
        )
        // From what was read just now: this worker may know it up to two seconds late.
        const chosen = defaultsOf(overrides)
        const items = describeModels({
          listed,
          overrides,
          defaultOf: (of) => chosen.get(of) ?? configuredOf(of),
          priceOf: (of, model) => byModel.get(`${of} ${model}`) ?? byModel.get(`${of} *`) ?? null,
        })
        return { items: items.filter((item) => provider === null || item.provider === provider) }
      }),
      implement(refreshModels, async ({ provider }) => ({
        items: await Promise.all(
          (provider === null ? ListingProvider.options : [provider]).map((each) =>
            refreshModelsOf(place, each),
          ),
        ),
      })),
      implement(putModelOverride, async (override) => {
        const { provider, model } = override
        const listed = (await readListedModels(sql)).filter((row) => row.provider === provider)
        // A provider that was never listed cannot say what it has.
        if (listed.length > 0 && !listed.some((row) => row.model === model))
          throw new AppError('NOT_FOUND', { provider, model, reason: 'it lists no such model' })
        await putOverride(sql, override)
        await look()
        return {}
      }),
    ],
    stop: () => timers.forEach((timer) => clearInterval(timer)),
  }
}

const defaultsOf = (overrides: readonly ModelOverride[]): Map<ProviderName, string> =>
  new Map(
    overrides.filter(({ isDefault }) => isDefault).map(({ provider, model }) => [provider, model]),
  )
