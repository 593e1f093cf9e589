import type { AttemptTimers } from './attempt-timers.ts'
import { createGeminiAdapter, geminiDefaultModel } from './gemini/gemini-adapter.ts'
import { createGroqAdapter, groqDefaultModel } from './groq/groq-adapter.ts'
import { createOllamaAdapter } from './ollama/ollama-adapter.ts'
import { createOllamaProbe, ollamaDefaultAddress } from './ollama/ollama-probe.ts'
import type { ProviderAdapter } from './provider-adapter.ts'
import type { ProviderConfig } from './provider-config.ts'

export type AdapterEntry = {
  provider: 'groq' | 'gemini' | 'ollama'
  /** Null while the provider is not configured. */
  adapter: ProviderAdapter | null
  /** Its default model; empty when that is not known. */
  model: string
  /** Why it is not configured, and what to do; empty when it is. */
  reason: string
}

export type Adapters = {
  /** The configured ones in fallback order. May change between two calls: an Ollama comes and goes. Never waits. */
  configured: () => readonly ProviderAdapter[]
  /** All of them in fallback order, for people. */
  entries: () => readonly AdapterEntry[]
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
  const groq =
    config.GROQ_API_KEY === undefined
      ? null
      : createGroqAdapter({
          apiKey: config.GROQ_API_KEY,
          address: config.GROQ_BASE_URL,
          defaultModel: config.GROQ_MODEL,
          timers,
        })
  const gemini =
    config.GEMINI_API_KEY === undefined
      ? null
      : createGeminiAdapter({
          apiKey: config.GEMINI_API_KEY,
          address: config.GEMINI_BASE_URL,
          defaultModel: config.GEMINI_MODEL,
          timers,
        })

  const address = hostOf(config.OLLAMA_BASE_URL ?? ollamaDefaultAddress)
  const isOff = config.OLLAMA_BASE_URL?.toLowerCase() === 'off'
  const probe = isOff ? null : createOllamaProbe(address.replace(/\/+$/, ''))
  const ollamaModel = () => config.OLLAMA_MODEL ?? probe?.found().model ?? ''
  const ollama = createOllamaAdapter({
    address,
    defaultModel: ollamaModel,
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

  const entries = (): readonly AdapterEntry[] => {
    const reason = ollamaReason()
    return [
      {
        provider: 'groq',
        adapter: groq,
        model: groq?.defaultModel ?? config.GROQ_MODEL ?? groqDefaultModel,
        reason: groq === null ? 'Set GROQ_API_KEY.' : '',
      },
      {
        provider: 'gemini',
        adapter: gemini,
        model: gemini?.defaultModel ?? config.GEMINI_MODEL ?? geminiDefaultModel,
        reason: gemini === null ? 'Set GEMINI_API_KEY.' : '',
      },
      {
        provider: 'ollama',
        adapter: reason === '' ? ollama : null,
        model: ollamaModel(),
        reason,
      },
    ]
  }

  return {
    configured: () => entries().flatMap(({ adapter }) => adapter ?? []),
    entries,
    look: async () => {
      await probe?.look()
    },
  }
}
