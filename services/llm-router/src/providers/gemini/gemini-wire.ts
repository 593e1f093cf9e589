import type { Usage } from '@maestro/contracts/money/cost-of'
import { z } from 'zod'

const count = z.int().nonnegative()

/** Loose: parts go back as they came, with all that we do not know. */
export const GeminiPart = z.looseObject({
  text: z.string().optional(),
  thought: z.boolean().optional(),
  thoughtSignature: z.string().optional(),
  functionCall: z
    .looseObject({
      id: z.string().optional(),
      name: z.string(),
      args: z.record(z.string(), z.unknown()).nullish(),
    })
    .optional(),
})
export type GeminiPart = z.infer<typeof GeminiPart>

export const GeminiChunk = z.object({
  candidates: z
    .array(
      z.object({
        content: z.object({ parts: z.array(GeminiPart).optional() }).optional(),
        finishReason: z.string().optional(),
      }),
    )
    .optional(),
  promptFeedback: z.object({ blockReason: z.string().optional() }).optional(),
  usageMetadata: z
    .object({
      promptTokenCount: count.optional(),
      candidatesTokenCount: count.optional(),
      thoughtsTokenCount: count.optional(),
      toolUsePromptTokenCount: count.optional(),
      cachedContentTokenCount: count.optional(),
    })
    .optional(),
  modelVersion: z.string().optional(),
  /** A failure in the middle of a stream that began with status 200. */
  error: z
    .object({
      code: z.int().optional(),
      message: z.string().default(''),
      details: z.array(z.unknown()).default([]),
    })
    .optional(),
})
export type GeminiChunk = z.infer<typeof GeminiChunk>

/** Thoughts are billed as output and not counted in the candidates; cached tokens are part of the prompt. */
export const geminiUsage = (wire: GeminiChunk['usageMetadata']): Usage | null => {
  if (wire?.promptTokenCount === undefined) return null
  const thoughts = wire.thoughtsTokenCount ?? 0
  return {
    inputTokens: wire.promptTokenCount + (wire.toolUsePromptTokenCount ?? 0),
    cachedInputTokens: wire.cachedContentTokenCount ?? 0,
    outputTokens: (wire.candidatesTokenCount ?? 0) + thoughts,
    reasoningTokens: thoughts,
  }
}
