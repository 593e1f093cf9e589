import { cancelCalls, listProviders } from '@maestro/contracts/llm/provider-endpoints'
import { payloadEndpoint } from '@maestro/service-kit/payload-endpoints'
import type { PayloadStore } from '@maestro/service-kit/payload-store'
import { implement, type Implementation } from '@maestro/service-kit/serve'
import type { ProviderConditions } from './conditions/provider-conditions.ts'
import { providerList } from './list-providers.ts'
import type { ProviderRegistry } from './provider-registry.ts'
import type { CancelCalls } from './work/cancel-calls.ts'

export const routerEndpoints = ({
  payloads,
  registry,
  conditions,
  cancel,
}: {
  payloads: PayloadStore
  registry: ProviderRegistry
  conditions: ProviderConditions
  cancel: CancelCalls
}): readonly Implementation[] => [
  payloadEndpoint('llm-router', payloads),
  implement(listProviders, () =>
    Promise.resolve({ items: providerList({ registry, conditions }) }),
  ),
  implement(cancelCalls, async ({ callIds }) => {
    await cancel(callIds)
    return {}
  }),
]
