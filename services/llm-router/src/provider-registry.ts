import type { ProviderName } from '@maestro/contracts/llm/chat'
import type { ProviderAdapter } from './providers/provider-adapter.ts'
import type { ProviderEntry } from './strategy/list-candidates.ts'

/** All providers as they are configured at this moment; an Ollama comes and goes. Never waits. */
export type ProviderRegistry = {
  /** In fallback order. */
  entries: () => readonly ProviderEntry[]
  /** Null while it is not configured. */
  adapterOf: (provider: ProviderName) => ProviderAdapter | null
}

export type RegisteredAdapter = Omit<ProviderEntry, 'isConfigured'> & {
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
    })),
  adapterOf: (provider) => list().find((entry) => entry.provider === provider)?.adapter ?? null,
})
