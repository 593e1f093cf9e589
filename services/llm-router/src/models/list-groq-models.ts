import { z } from 'zod'
import { baseUrl } from '../providers/base-url.ts'
import { toGroqFailure } from '../providers/groq/groq-failure.ts'
import { fetchJson } from '../providers/fetch-json.ts'
import { type ListedModel, listedModelsMax } from './listed-model.ts'

const tokens = z.int().positive().nullish().catch(null)
/** Dollars per token, as text: "0.0000006". */
const UsdPerToken = z
  .string()
  .regex(/^\d+(\.\d+)?(e-?\d+)?$/i)
  .transform((text) => Math.round(Number(text) * 1e12))
  .pipe(z.int().nonnegative())

const GroqModels = z.object({
  data: z.array(
    z.object({
      id: z.string().min(1).max(120),
      active: z.boolean().optional(),
      // Newer answers have the second of each two names, older ones the first.
      context_window: tokens,
      context_length: tokens,
      max_completion_tokens: tokens,
      max_output_length: tokens,
      /** Left out: not billed, or not by tokens. */
      pricing: z
        .object({
          prompt: UsdPerToken,
          completion: UsdPerToken,
          input_cache_read: UsdPerToken.optional().catch(undefined),
        })
        .nullish()
        .catch(null),
      output_modalities: z.array(z.string()).optional().catch(undefined),
    }),
  ),
})

/** Ears, mouths and guards stand in the same list. */
const noChat = /whisper|tts|orpheus|guard|embed/i

/** @throws {ProviderFailure} */
export const listGroqModels = async ({
  address,
  apiKey,
  signal,
}: {
  address: string
  apiKey: string
  signal: AbortSignal
}): Promise<readonly ListedModel[]> => {
  try {
    const json = await fetchJson({
      url: `${baseUrl(address, '/openai/v1')}/openai/v1/models`,
      headers: { authorization: `Bearer ${apiKey}` },
      signal,
      toFailure: (status, { json }) =>
        toGroqFailure(Object.assign(new Error('refused'), { status, error: json })),
    })
    return GroqModels.parse(json)
      .data.filter(({ active }) => active !== false)
      .slice(0, listedModelsMax)
      .map(({ id, pricing, output_modalities: answersIn, ...limits }) => ({
        model: id,
        contextTokensMax: limits.context_length ?? limits.context_window ?? null,
        outputTokensMax: limits.max_output_length ?? limits.max_completion_tokens ?? null,
        price: pricing
          ? {
              input: pricing.prompt,
              cachedInput: pricing.input_cache_read ?? pricing.prompt,
              output: pricing.completion,
            }
          : null,
        canChat: !noChat.test(id) && (answersIn?.includes('text') ?? true),
      }))
  } catch (error) {
    throw toGroqFailure(error)
  }
}
