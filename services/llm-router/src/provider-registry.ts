import type { UserId } from '@maestro/contracts/ids'
import type { ProviderName } from '@maestro/contracts/llm/chat'
import type { KeyId } from '@maestro/contracts/llm/key-id'
import { type ModelBounds, noBounds } from './models/model-bounds.ts'
import type { ProviderAdapter } from './providers/provider-adapter.ts'
import type { ProviderEntry } from './strategy/list-candidates.ts'

/** All providers as they are configured at this moment; an Ollama comes and goes. Never waits. */
export type ProviderRegistry = {
  /** In fallback order, with the keys that may be used for this user. Null: for nobody in particular. */
  entries: (userId: UserId | null) => readonly ProviderEntry[]
  /** Null while it is not configured. */
  adapterOf: (provider: ProviderName, keyId: KeyId | null) => ProviderAdapter | null
  /** What is known of how much a model reads and writes. */
  boundsOf: (provider: ProviderName, model: string) => ModelBounds
  /** Counts a key as busy until it is let go. */
  hold: (of: { provider: ProviderName; keyId: KeyId | null }) => () => void
}

/** A provider with one adapter for all, or with one for each key. */
export type RegisteredProvider = { provider: ProviderName; model: string } & (
  | { adapter: ProviderAdapter | null; reason: string }
  | {
      idsFor: (userId: UserId | null) => readonly KeyId[]
      adapterOf: (keyId: KeyId) => ProviderAdapter | null
      reasonOf: (userId: UserId | null) => string
      hold: (keyId: KeyId) => () => void
    }
)

export const createProviderRegistry = (
  list: () => readonly RegisteredProvider[],
  boundsOf: ProviderRegistry['boundsOf'] = () => noBounds,
): ProviderRegistry => ({
  boundsOf,
  entries: (userId) => list().map((registered) => entryOf(registered, userId)),
  adapterOf: (provider, keyId) => {
    const registered = list().find((entry) => entry.provider === provider)
    if (registered === undefined) return null
    if ('adapter' in registered) return registered.adapter
    return keyId === null ? null : registered.adapterOf(keyId)
  },
  hold: ({ provider, keyId }) => {
    const registered = list().find((entry) => entry.provider === provider)
    const isKeyed = registered !== undefined && 'hold' in registered && keyId !== null
    return isKeyed ? registered.hold(keyId) : () => {}
  },
})

const entryOf = (registered: RegisteredProvider, userId: UserId | null): ProviderEntry => {
  const { provider, model } = registered
  if ('adapter' in registered) {
    const { adapter, reason } = registered
    return { provider, model, isConfigured: adapter !== null, reason, keyIds: [] }
  }
  const keyIds = registered.idsFor(userId)
  const isConfigured = keyIds.length > 0
  const reason = isConfigured ? '' : registered.reasonOf(userId)
  return { provider, model, isConfigured, reason, keyIds }
}
