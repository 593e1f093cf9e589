import type { UserId } from '@maestro/contracts/ids'
import type { listProviders } from '@maestro/contracts/llm/provider-endpoints'
import type { z } from 'zod'
import type { ProviderGate } from '../call/admit.ts'
import type { ProviderRegistry } from '../provider-registry.ts'
import { chooseKey } from '../strategy/choose-key.ts'
import { modelsHealth } from './model-health.ts'

type ProviderList = z.infer<typeof listProviders.output>['items']

/** The providers as people see them: whether each can be used now, and if not, why. */
export const providerList = ({
  registry,
  gate,
  userId,
}: {
  registry: ProviderRegistry
  gate: ProviderGate
  /** Whose keys count beside those of the system. */
  userId: UserId
}): ProviderList =>
  registry.entries(userId).map((entry) => {
    const { provider, isConfigured, model, reason, keyIds } = entry
    const named = { provider, model, configured: isConfigured }
    if (!isConfigured) return { ...named, state: 'off', until: null, reason, models: [] }
    const { condition } = chooseKey(keyIds, (keyId) =>
      gate.conditions.of({ provider, model, keyId }),
    )
    const models = modelsHealth(entry, gate)
    if (condition.state === 'ready') {
      return { ...named, state: 'ready', until: null, reason: '', models }
    }
    const until = condition.untilMs === null ? null : new Date(condition.untilMs).toISOString()
    return { ...named, state: condition.state, until, reason: condition.reason, models }
  })
