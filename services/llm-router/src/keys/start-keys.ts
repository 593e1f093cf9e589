import { environmentKeyId, type KeyId } from '@maestro/contracts/llm/key-id'
import { KeyedProvider } from '@maestro/contracts/llm/provider-key'
import type { Implementation } from '@maestro/service-kit/serve'
import type { ServiceBase } from '@maestro/service-kit/start-service'
import type { RegisteredProvider } from '../provider-registry.ts'
import type { Adapters } from '../providers/create-adapters.ts'
import type { ProviderFailure } from '../providers/provider-failure.ts'
import { keyEndpoints, type OnAccepted } from './key-endpoints.ts'
import { createKeyStore } from './key-store.ts'
import { createKeyring, type Keyring } from './keyring.ts'
import type { MasterKeys } from './master-keys.ts'

export type Keys = {
  keyring: Keyring
  /** The providers that ask for a key, for the registry. */
  providers: readonly RegisteredProvider[]
  /** Made where it is known what follows when a provider takes a key. */
  endpoints: (heard: { onAccepted: OnAccepted }) => readonly Implementation[]
  /** Sets a key aside that its provider refused, for all workers. */
  learn: (keyId: KeyId | null, failure: ProviderFailure) => void
  stop: () => Promise<void>
}

/** Keys of providers: kept sealed, used in turn, changed while calls run. */
export const startKeys = async ({
  base: { sql, log },
  masters,
  adapters,
  onFacts,
}: {
  base: Pick<ServiceBase, 'sql' | 'log'>
  masters: MasterKeys
  adapters: Adapters
  /** Facts were written; call it after a commit. */
  onFacts: () => void
}): Promise<Keys> => {
  const { keyed } = adapters
  const keyring = await createKeyring({
    sql,
    log,
    masters,
    environment: { groq: keyed.groq.environmentKey, gemini: keyed.gemini.environmentKey },
    createAdapter: (provider, apiKey) => keyed[provider].withKey(apiKey),
  })
  const store = createKeyStore({
    sql,
    masters,
    onChange: () => {
      onFacts()
      void keyring.look()
    },
  })
  return {
    keyring,
    providers: KeyedProvider.options.map((provider) => ({
      provider,
      model: keyed[provider].model,
      idsFor: (userId) => keyring.idsFor(provider, userId),
      adapterOf: (keyId) => keyring.adapterOf(provider, keyId),
      reasonOf: (userId) => keyring.reasonOf(provider, userId),
      hold: keyring.hold,
    })),
    endpoints: ({ onAccepted }) => keyEndpoints({ sql, masters, store, adapters, onAccepted }),
    learn: (keyId, { failureClass, message }) => {
      if (failureClass !== 'auth' || keyId === null || keyId === environmentKeyId) return
      log.warn({ keyId }, 'a provider refused a key, which is set aside')
      store.refuse(keyId, message).catch((error: unknown) => {
        // This worker knows; the others will find out as it did.
        log.warn({ err: error, keyId }, 'a refused key could not be marked')
      })
    },
    stop: keyring.stop,
  }
}
