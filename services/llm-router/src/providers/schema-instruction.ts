import type { ChatRequest } from './provider-adapter.ts'

/**
 * Asks for JSON in words, where a wire cannot ask for it by schema: none of the three takes a schema
 * together with tools, and some models take none at all. Whoever reads the answer checks it anyway.
 */
export const schemaInstruction = ({ schema }: NonNullable<ChatRequest['outputSchema']>): string =>
  `Your final answer must be one JSON object and nothing else: no code fence, no words before or after it. It must fit this JSON Schema:\n${JSON.stringify(schema)}`
