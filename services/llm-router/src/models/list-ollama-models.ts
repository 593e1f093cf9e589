import {
  toOllamaFailure,
  ollamaFailure,
  ollamaMessage,
} from '../providers/ollama/ollama-failure.ts'
import { canChat } from '../providers/ollama/ollama-probe.ts'
import { OllamaTags } from '../providers/ollama/ollama-wire.ts'
import { fetchJson } from '../providers/fetch-json.ts'
import { type ListedModel, listedModelsMax } from './listed-model.ts'

/** What is installed there. It says nothing of bounds here, and costs nothing. @throws {ProviderFailure} */
export const listOllamaModels = async ({
  address,
  signal,
}: {
  address: string
  signal: AbortSignal
}): Promise<readonly ListedModel[]> => {
  try {
    const json = await fetchJson({
      url: `${address.replace(/\/+$/, '')}/api/tags`,
      signal,
      toFailure: (status, { body }) => ollamaFailure(status, ollamaMessage(body)),
    })
    return OllamaTags.parse(json)
      .models.slice(0, listedModelsMax)
      .map((model) => ({
        model: model.name,
        contextTokensMax: null,
        outputTokensMax: null,
        price: null,
        canChat: canChat(model),
      }))
  } catch (error) {
    throw toOllamaFailure(error)
  }
}
