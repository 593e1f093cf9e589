import { z } from 'zod'
import type { ChatMessage, ChatRequest } from '../provider-adapter.ts'
import { schemaInstruction } from '../schema-instruction.ts'
import { toolArguments } from '../tool-arguments.ts'
import { type GeminiSchema, toGeminiSchema } from './gemini-schema.ts'
import { GeminiPart } from './gemini-wire.ts'

type Part = Record<string, unknown>
type Content = { role: 'user' | 'model'; parts: Part[] }

export type GeminiRequest = {
  contents: Content[]
  systemInstruction?: { role: 'system'; parts: { text: string }[] }
  tools?: {
    functionDeclarations: { name: string; description: string; parameters?: GeminiSchema }[]
  }[]
  generationConfig: {
    maxOutputTokens: number
    thinkingConfig: { includeThoughts: true }
    responseMimeType?: 'application/json'
    responseSchema?: GeminiSchema
  }
}

/** Google's word for calls that were made by a model that signs nothing: without it the whole request is refused. */
const foreignCall = 'skip_thought_signature_validator'

type AssistantMessage = Extract<ChatMessage, { role: 'assistant' }>

/** The parts as this very model gave them. Signatures of another model are refused as corrupted. */
const ownParts = ({ providerParts }: AssistantMessage, model: string): GeminiPart[] | null => {
  if (providerParts?.provider !== 'gemini' || providerParts.model !== model) return null
  const parts = z.array(GeminiPart).min(1).safeParse(providerParts.parts)
  return parts.success ? parts.data : null
}

const foreignParts = ({ text, toolCalls }: AssistantMessage): Part[] => [
  ...(text !== '' || toolCalls.length === 0 ? [{ text }] : []),
  ...toolCalls.map(({ name, argumentsText }, index) => ({
    functionCall: { name, args: toolArguments(argumentsText) },
    ...(index === 0 && { thoughtSignature: foreignCall }),
  })),
]

const toContents = (messages: readonly ChatMessage[], model: string): Content[] => {
  const contents: Content[] = []
  // Only ids that Gemini gave may be named to it.
  const ownIds = new Set<string>()
  const add = (role: Content['role'], parts: Part[]) => {
    const last = contents.at(-1)
    // The answers to parallel calls have to stand in one content, and so may everything else.
    if (last?.role === role) last.parts.push(...parts)
    else contents.push({ role, parts: [...parts] })
  }
  for (const message of messages) {
    if (message.role === 'user') add('user', [{ text: message.text }])
    if (message.role === 'assistant') {
      const own = ownParts(message, model)
      for (const part of own ?? [])
        if (part.functionCall?.id !== undefined) ownIds.add(part.functionCall.id)
      add('model', own ?? foreignParts(message))
    }
    if (message.role === 'tool') {
      const { toolCallId, name, text } = message
      const id = ownIds.has(toolCallId) && { id: toolCallId }
      add('user', [{ functionResponse: { ...id, name, response: { result: text } } }])
    }
  }
  return contents
}

const declare = ({ name, description, parameters }: ChatRequest['tools'][number]) => {
  const schema = toGeminiSchema(parameters)
  // A tool that takes nothing has no parameters at all: an empty object is refused.
  return 'properties' in schema ? { name, description, parameters: schema } : { name, description }
}

export const toGeminiRequest = (request: ChatRequest): GeminiRequest => {
  const { model, tools, outputSchema } = request
  const system = request.messages.flatMap(({ role, text }) => (role === 'system' ? [text] : []))
  const asksBySchema = outputSchema !== null && tools.length === 0
  if (outputSchema !== null && !asksBySchema) system.push(schemaInstruction(outputSchema))
  return {
    contents: toContents(request.messages, model),
    ...(system.length > 0 && {
      systemInstruction: { role: 'system' as const, parts: [{ text: system.join('\n\n') }] },
    }),
    ...(tools.length > 0 && { tools: [{ functionDeclarations: tools.map(declare) }] }),
    generationConfig: {
      maxOutputTokens: request.outputTokensMax,
      thinkingConfig: { includeThoughts: true },
      ...(asksBySchema && {
        responseMimeType: 'application/json' as const,
        responseSchema: toGeminiSchema(outputSchema.schema),
      }),
    },
  }
}
