import { userIdOf } from '@maestro/contracts/ids'
import { cancelCalls, listProviders } from '@maestro/contracts/llm/provider-endpoints'
import { getCacheUse } from '@maestro/contracts/llm/cache-endpoints'
import { factEndpoint } from '@maestro/service-kit/fact-endpoint'
import { payloadEndpoint } from '@maestro/service-kit/payload-endpoints'
import type { PayloadStore } from '@maestro/service-kit/payload-store'
import { implement, type Implementation } from '@maestro/service-kit/serve'
import type { Sql } from '@maestro/service-kit/database'
import { readCacheUse } from './cache/cache-use.ts'
import type { ProviderGate } from './call/admit.ts'
import { providerList } from './health/provider-list.ts'
import type { ProviderRegistry } from './provider-registry.ts'
import type { CancelCalls } from './work/cancel-calls.ts'

export const routerEndpoints = ({
  sql,
  payloads,
  registry,
  gate,
  cancel,
}: {
  sql: Sql
  payloads: PayloadStore
  registry: ProviderRegistry
  gate: ProviderGate
  cancel: CancelCalls
}): readonly Implementation[] => [
  payloadEndpoint('llm-router', payloads),
  factEndpoint('llm-router', sql),
  implement(listProviders, (_, { actor }) =>
    Promise.resolve({
      items: providerList({ registry, gate, userId: userIdOf(actor) }),
    }),
  ),
  implement(cancelCalls, async ({ callIds }) => {
    await cancel(callIds)
    return {}
  }),
  implement(getCacheUse, (asked) => readCacheUse(sql, asked)),
]
