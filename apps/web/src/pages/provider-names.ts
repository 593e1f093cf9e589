import type { ProviderName } from '@maestro/contracts/llm/chat'

export const providerNames: Record<ProviderName, string> = {
  groq: 'Groq',
  gemini: 'Gemini',
  ollama: 'Ollama',
  rehearsal: 'Rehearsal',
}
