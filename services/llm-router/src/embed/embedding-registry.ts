import { noBounds } from '../models/model-bounds.ts'
import type { ProviderRegistry } from '../provider-registry.ts'
import { embeddingAdapter } from './embedding-adapter.ts'

/** The same providers with their models for embeddings; one that makes none is as good as not configured. */
export const embeddingRegistry = (registry: ProviderRegistry): ProviderRegistry => {
  const adapterOf: ProviderRegistry['adapterOf'] = (provider, keyId) => {
    const adapter = registry.adapterOf(provider, keyId)
    return adapter === null ? null : embeddingAdapter(adapter)
  }
  return {
    ...registry,
    entries: (userId) =>
      registry.entries(userId).map((entry) => {
        if (!entry.isConfigured) return entry
        const adapter = adapterOf(entry.provider, entry.keyIds[0] ?? null)
        if (adapter !== null) return { ...entry, model: adapter.defaultModel }
        const reason = `${entry.provider} makes no embeddings here.`
        return { ...entry, isConfigured: false, model: '', reason }
      }),
    adapterOf,
    // Texts are read one by one, and their lengths are looked at there.
    boundsOf: () => noBounds,
  }
}
