import { modelRoutes } from '@maestro/contracts/gateway/routes/model-routes'
import { providerKeyRoutes } from '@maestro/contracts/gateway/routes/provider-key-routes'
import { providerRoutes } from '@maestro/contracts/gateway/routes/provider-routes'
import { recoveryRoutes } from '@maestro/contracts/gateway/routes/recovery-routes'
import type { SystemStrategy } from '@maestro/contracts/llm/call-strategy'
import type { ProviderKey } from '@maestro/contracts/llm/provider-key'
import { queryOptions } from '@tanstack/react-query'
import type { Http } from './http.ts'
import { systemKey } from './system.ts'

/** Under the key of the system: what changes there is read again everywhere. */
const settingsKey = [...systemKey, 'provider-settings'] as const

export const strategyQuery = (http: Http) =>
  queryOptions({
    queryKey: [...settingsKey, 'strategy'],
    queryFn: ({ signal }) => http.json(providerRoutes.getStrategy, { signal }),
  })

/** Refused where another version came since the one that was seen. */
export const setStrategy = (
  http: Http,
  body: { strategy: SystemStrategy; expectedVersion: number },
) => http.json(providerRoutes.setStrategy, { body })

export const keysQuery = (http: Http) =>
  queryOptions({
    queryKey: [...settingsKey, 'keys'],
    queryFn: ({ signal }) => http.json(providerKeyRoutes.listProviderKeys, { signal }),
  })

export type KeyPlace = Pick<ProviderKey, 'provider' | 'name'> & { scope: 'system' | 'user' }

const at = ({ provider, name, scope }: KeyPlace) => ({
  params: { provider, name },
  query: { scope },
})

/** The one way that a key goes: in. */
export const putKey = (http: Http, { value, ...place }: KeyPlace & { value: string }) =>
  http.json(providerKeyRoutes.putProviderKey, { ...at(place), body: { value } })

export const deleteKey = (http: Http, place: KeyPlace) =>
  http.text(providerKeyRoutes.deleteProviderKey, at(place))

export const testKey = (http: Http, place: KeyPlace) =>
  http.json(providerKeyRoutes.testProviderKey, at(place))

export const modelsQuery = (http: Http) =>
  queryOptions({
    queryKey: [...settingsKey, 'models'],
    queryFn: ({ signal }) => http.json(modelRoutes.listModels, { signal }),
  })

export const refreshModels = (http: Http) => http.json(modelRoutes.refreshModels)

export const recoveryQuery = (http: Http) =>
  queryOptions({
    queryKey: [...settingsKey, 'recovery'],
    queryFn: ({ signal }) => http.json(recoveryRoutes.listRecoveryStrategies, { signal }),
  })
