import type { Usage } from '@maestro/contracts/money/cost-of'
import { z } from 'zod'

const count = z.int().nonnegative()

const WireUsage = z.object({
  prompt_tokens: count,
  completion_tokens: count,
  prompt_tokens_details: z.object({ cached_tokens: count.nullish() }).nullish(),
  completion_tokens_details: z.object({ reasoning_tokens: count.nullish() }).nullish(),
})

const finishReason = z.string().nullish()
const model = z.string().optional()

export const GroqChunk = z.object({
  model,
  choices: z.array(
    z.object({
      delta: z.object({
        content: z.string().nullish(),
        reasoning: z.string().nullish(),
        tool_calls: z
          .array(
            z.object({
              index: count,
              id: z.string().nullish(),
              function: z
                .object({ name: z.string().nullish(), arguments: z.string().nullish() })
                .nullish(),
            }),
          )
          .nullish(),
      }),
      finish_reason: finishReason,
    }),
  ),
  usage: z.unknown().optional(),
  x_groq: z.object({ usage: z.unknown().optional(), error: z.string().nullish() }).nullish(),
})

export const GroqCompletion = z.object({
  model,
  choices: z
    .array(
      z.object({
        message: z.object({
          content: z.string().nullish(),
          reasoning: z.string().nullish(),
          tool_calls: z
            .array(
              z.object({
                id: z.string().nullish(),
                function: z.object({ name: z.string(), arguments: z.string() }),
              }),
            )
            .nullish(),
        }),
        finish_reason: finishReason,
      }),
    )
    .min(1),
  usage: z.unknown().optional(),
})

/** Null when there is none: `x_groq.usage` of a whole answer, for one, counts caches of the hardware instead. */
export const groqUsage = (wire: unknown): Usage | null => {
  const { success, data } = WireUsage.safeParse(wire)
  if (!success) return null
  return {
    inputTokens: data.prompt_tokens,
    cachedInputTokens: data.prompt_tokens_details?.cached_tokens ?? 0,
    outputTokens: data.completion_tokens,
    reasoningTokens: data.completion_tokens_details?.reasoning_tokens ?? 0,
  }
}
