import { z } from 'zod'

/** Fallback order as it ships; `rehearsal` answers without a model and says so. */
export const ProviderName = z.enum(['groq', 'gemini', 'ollama', 'rehearsal'])
export type ProviderName = z.infer<typeof ProviderName>

/** A JSON Schema, as tools and structured output carry it. */
export const JsonSchema = z.record(z.string(), z.unknown())
export type JsonSchema = z.infer<typeof JsonSchema>

export const ToolSpec = z.object({
  name: z.string().regex(/^[a-z][a-z0-9_]{0,63}$/),
  description: z.string().max(2_000),
  parameters: JsonSchema,
})
export type ToolSpec = z.infer<typeof ToolSpec>

export const ToolCall = z.object({
  /** Unique within the answer; made by the router where a provider gives none. */
  id: z.string().min(1).max(200),
  name: z.string().max(200),
  /** As the model wrote it: it may be no JSON at all, and whoever runs the tool has to say so. */
  argumentsText: z.string(),
})
export type ToolCall = z.infer<typeof ToolCall>

/** Parts of an answer that only the provider that made them understands (Gemini's thought signatures). Sent back to it unread; dropped when another provider goes on. */
export const ProviderParts = z.object({
  provider: ProviderName,
  model: z.string(),
  parts: z.unknown(),
})
export type ProviderParts = z.infer<typeof ProviderParts>

/** `broken-off`: no end was seen, and what is here is what had come until then. */
export const FinishReason = z.enum(['stop', 'length', 'tool_calls', 'broken-off'])
export type FinishReason = z.infer<typeof FinishReason>

/** What a model said, whole. Journaled by the router under the call's id. */
export const Answer = z.object({
  text: z.string(),
  /** Kept apart from the text, never sent back. */
  reasoning: z.string(),
  toolCalls: z.array(ToolCall).max(64),
  finish: FinishReason,
  providerParts: ProviderParts.nullable(),
})
export type Answer = z.infer<typeof Answer>
