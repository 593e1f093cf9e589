import type { UserId } from '@maestro/contracts/ids'
import type { ProviderName } from '@maestro/contracts/llm/chat'
import type { KeyId } from '@maestro/contracts/llm/key-id'
import type { ProviderAdapter } from './providers/provider-adapter.ts'
import type { ProviderEntry } from './strategy/list-candidates.ts'

/** All providers as they are configured at this moment; an Ollama comes and goes. Never waits. */
export type ProviderRegistry = {
  /** In fallback order, with the keys that may be used for this user. Null: for nobody in particular. */
  entries: (userId: UserId | null) => readonly ProviderEntry[]
  /** Null while it is not configured. */
  adapterOf: (provider: ProviderName, keyId: KeyId | null) => ProviderAdapter | null
}

export type RegisteredAdapter = Omit<ProviderEntry, 'isConfigured' | 'keyIds'> & {
  adapter: ProviderAdapter | null
}

export const createProviderRegistry = (
  list: () => readonly RegisteredAdapter[],
): ProviderRegistry => ({
  entries: () =>
    list().map(({ provider, adapter, model, reason }) => ({
      provider,
      isConfigured: adapter !== null,
      model,
      reason,
      keyIds: [],
    })),
  adapterOf: (provider) => list().find((entry) => entry.provider === provider)?.adapter ?? null,
})
