import type { KeyedProvider } from '@maestro/contracts/llm/provider-key'
import type { AttemptTimers } from './attempt-timers.ts'
import {
  createGeminiAdapter,
  geminiDefaultAddress,
  geminiDefaultModel,
} from './gemini/gemini-adapter.ts'
import { createGroqAdapter, groqDefaultAddress, groqDefaultModel } from './groq/groq-adapter.ts'
import { createOllamaAdapter } from './ollama/ollama-adapter.ts'
import { createOllamaProbe, ollamaDefaultAddress } from './ollama/ollama-probe.ts'
import type { ProviderAdapter } from './provider-adapter.ts'
import type { ProviderConfig } from './provider-config.ts'

/** A provider that asks for a key: an adapter is made for each. */
export type KeyedAdapters = {
  address: string
  /** Its default model. */
  model: string
  /** The key that came with the environment. */
  environmentKey: string | undefined
  withKey: (apiKey: string) => ProviderAdapter
}

export type OllamaEntry = {
  /** Null while the provider is not configured. */
  adapter: ProviderAdapter | null
  address: string
  /** Its default model; empty when that is not known. */
  model: string
  /** Why it is not configured, and what to do; empty when it is. */
  reason: string
}

export type Adapters = {
  keyed: Readonly<Record<KeyedProvider, KeyedAdapters>>
  /** May change between two calls: an Ollama comes and goes. Never waits. */
  ollama: () => OllamaEntry
  /** Looks for an Ollama now; worth awaiting once at the start. Takes at most a second. */
  look: () => Promise<void>
}

const hostOf = (address: string) => (address.includes('://') ? address : `http://${address}`)

/** The three real providers, from what is configured. */
export const createAdapters = ({
  config,
  timers,
}: {
  config: ProviderConfig
  /** For tests; each adapter has defaults of its own. */
  timers?: AttemptTimers
}): Adapters => {
  const keyed = {
    groq: {
      address: config.GROQ_BASE_URL ?? groqDefaultAddress,
      model: config.GROQ_MODEL ?? groqDefaultModel,
      environmentKey: config.GROQ_API_KEY,
      withKey: (apiKey: string) =>
        createGroqAdapter({
          apiKey,
          address: config.GROQ_BASE_URL,
          defaultModel: config.GROQ_MODEL,
          timers,
        }),
    },
    gemini: {
      address: config.GEMINI_BASE_URL ?? geminiDefaultAddress,
      model: config.GEMINI_MODEL ?? geminiDefaultModel,
      environmentKey: config.GEMINI_API_KEY,
      withKey: (apiKey: string) =>
        createGeminiAdapter({
          apiKey,
          address: config.GEMINI_BASE_URL,
          defaultModel: config.GEMINI_MODEL,
          embedModel: config.GEMINI_EMBED_MODEL,
          timers,
        }),
    },
  }

  const address = hostOf(config.OLLAMA_BASE_URL ?? ollamaDefaultAddress)
  const isOff = config.OLLAMA_BASE_URL?.toLowerCase() === 'off'
  const probe = isOff ? null : createOllamaProbe(address.replace(/\/+$/, ''))
  const ollamaModel = () => config.OLLAMA_MODEL ?? probe?.found().model ?? ''
  const ollama = createOllamaAdapter({
    address,
    defaultModel: ollamaModel,
    embedModel: () => config.OLLAMA_EMBED_MODEL ?? probe?.found().embedModel ?? '',
    contextTokensMax: config.OLLAMA_CONTEXT_TOKENS_MAX,
    timers,
  })
  const ollamaReason = (): string => {
    if (probe === null) return 'Switched off by OLLAMA_BASE_URL.'
    // Whoever names an address means it, also while nothing answers there.
    const found = probe.found()
    if (config.OLLAMA_BASE_URL !== undefined) return ''
    if (!found.answers) return `No Ollama answers at ${address}; start one or set OLLAMA_BASE_URL.`
    return ollamaModel() === '' ? 'Ollama has no model for chats; pull one.' : ''
  }

  return {
    keyed,
    ollama: () => {
      const reason = ollamaReason()
      return { adapter: reason === '' ? ollama : null, address, model: ollamaModel(), reason }
    },
    look: async () => {
      await probe?.look()
    },
  }
}
