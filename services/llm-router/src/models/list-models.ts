import type { KeyedProvider } from '@maestro/contracts/llm/provider-key'
import { listGeminiModels } from './list-gemini-models.ts'
import { listGroqModels } from './list-groq-models.ts'
import type { ListedModel } from './listed-model.ts'

type ListModels = (asked: {
  address: string
  apiKey: string
  signal: AbortSignal
}) => Promise<readonly ListedModel[]>

/** How a provider that asks for a key lists its models. @throws {ProviderFailure} */
export const listModelsOf: Readonly<Record<KeyedProvider, ListModels>> = {
  groq: listGroqModels,
  gemini: listGeminiModels,
}
