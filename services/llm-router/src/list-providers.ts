import type { UserId } from '@maestro/contracts/ids'
import type { listProviders } from '@maestro/contracts/llm/provider-endpoints'
import type { z } from 'zod'
import type { ProviderConditions } from './conditions/provider-conditions.ts'
import type { ProviderRegistry } from './provider-registry.ts'
import { chooseKey } from './strategy/choose-key.ts'

type ProviderList = z.infer<typeof listProviders.output>['items']

/** The providers as people see them: whether each can be used now, and if not, why. */
export const providerList = ({
  registry,
  conditions,
  userId,
}: {
  registry: ProviderRegistry
  conditions: ProviderConditions
  /** Whose keys count beside those of the system. */
  userId: UserId
}): ProviderList =>
  registry.entries(userId).map(({ provider, isConfigured, model, reason, keyIds }) => {
    if (!isConfigured)
      return { provider, configured: false, model, state: 'off', until: null, reason }
    const { condition } = chooseKey(keyIds, (keyId) => conditions.of({ provider, model, keyId }))
    if (condition.state === 'ready') {
      return { provider, configured: true, model, state: 'ready', until: null, reason: '' }
    }
    const until = condition.untilMs === null ? null : new Date(condition.untilMs).toISOString()
    return {
      provider,
      configured: true,
      model,
      state: condition.state,
      until,
      reason: condition.reason,
    }
  })
