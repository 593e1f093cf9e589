import { z } from 'zod'
import { baseUrl } from '../providers/base-url.ts'
import { geminiFailure, toGeminiFailure } from '../providers/gemini/gemini-failure.ts'
import { fetchJson } from '../providers/fetch-json.ts'
import { type ListedModel, listedModelsMax } from './listed-model.ts'

/** The most that Google gives at once. */
const pageSize = 1_000
const pagesMax = 5

const tokens = z.int().positive().nullish().catch(null)

const GeminiModels = z.object({
  models: z
    .array(
      z.object({
        name: z.string().min(1).max(200),
        inputTokenLimit: tokens,
        outputTokenLimit: tokens,
        supportedGenerationMethods: z.array(z.string()).default([]),
      }),
    )
    .default([]),
  nextPageToken: z.string().optional(),
})

const GeminiError = z.object({
  error: z.object({ message: z.string().default(''), details: z.array(z.unknown()).default([]) }),
})

const toFailure = (status: number, { json }: { json: unknown }) => {
  const { success, data } = GeminiError.safeParse(json)
  return geminiFailure({ status, message: '', details: [], ...(success ? data.error : {}) })
}

/** Google publishes no prices here. @throws {ProviderFailure} */
export const listGeminiModels = async ({
  address,
  apiKey,
  signal,
}: {
  address: string
  apiKey: string
  signal: AbortSignal
}): Promise<readonly ListedModel[]> => {
  const found: ListedModel[] = []
  let pageToken: string | undefined
  try {
    for (let page = 0; page < pagesMax; page += 1) {
      const query = new URLSearchParams({ pageSize: String(pageSize) })
      if (pageToken !== undefined) query.set('pageToken', pageToken)
      const json = await fetchJson({
        url: `${baseUrl(address, '/v1beta')}/v1beta/models?${query.toString()}`,
        headers: { 'x-goog-api-key': apiKey },
        signal,
        toFailure,
      })
      const { models, nextPageToken } = GeminiModels.parse(json)
      for (const { name, inputTokenLimit, outputTokenLimit, supportedGenerationMethods } of models)
        found.push({
          model: name.replace(/^models\//, ''),
          contextTokensMax: inputTokenLimit ?? null,
          outputTokensMax: outputTokenLimit ?? null,
          price: null,
          canChat: supportedGenerationMethods.includes('generateContent'),
        })
      pageToken = nextPageToken
      if (pageToken === undefined || pageToken === '' || found.length >= listedModelsMax) break
    }
    return found.slice(0, listedModelsMax)
  } catch (error) {
    throw toGeminiFailure(error)
  }
}
