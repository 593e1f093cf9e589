import type { ChatMessage, ChatRequest } from '../provider-adapter.ts'
import { schemaInstruction } from '../schema-instruction.ts'
import { toolArguments } from '../tool-arguments.ts'
import { groqModelTraits } from './groq-model-traits.ts'

type GroqMessage =
  | { role: 'system' | 'user'; content: string }
  | {
      role: 'assistant'
      content: string | null
      tool_calls?: {
        id: string
        type: 'function'
        function: { name: string; arguments: string }
      }[]
    }
  | { role: 'tool'; tool_call_id: string; content: string }

export type GroqRequest = {
  model: string
  messages: GroqMessage[]
  max_completion_tokens: number
  tools?: {
    type: 'function'
    function: { name: string; description: string; parameters: Record<string, unknown> }
  }[]
  reasoning_format?: 'parsed'
  response_format?:
    | { type: 'json_object' }
    | {
        type: 'json_schema'
        json_schema: { name: string; schema: Record<string, unknown>; strict: boolean }
      }
}

const toMessage = (message: ChatMessage): GroqMessage => {
  switch (message.role) {
    case 'assistant':
      if (message.toolCalls.length === 0) return { role: 'assistant', content: message.text }
      return {
        role: 'assistant',
        content: message.text === '' ? null : message.text,
        tool_calls: message.toolCalls.map(({ id, name, argumentsText }) => ({
          id,
          type: 'function',
          // Read and written again: Groq refuses a history with arguments that are no JSON.
          function: { name, arguments: JSON.stringify(toolArguments(argumentsText)) },
        })),
      }
    case 'tool':
      return { role: 'tool', tool_call_id: message.toolCallId, content: message.text }
    default:
      return { role: message.role, content: message.text }
  }
}

const responseFormat = ({
  model,
  outputSchema,
  tools,
}: ChatRequest): GroqRequest['response_format'] => {
  // Groq refuses every JSON mode together with tools.
  if (outputSchema === null || tools.length > 0) return undefined
  if (!groqModelTraits(model).jsonSchema) return { type: 'json_object' }
  // Not strict: that mode refuses schemas with optional properties, and ours have them.
  return { type: 'json_schema', json_schema: { ...outputSchema, strict: false } }
}

/** Groq refuses JSON modes together with streaming. */
export const isGroqWholeOnly = (request: ChatRequest): boolean =>
  responseFormat(request) !== undefined

export const toGroqRequest = (request: ChatRequest): GroqRequest => {
  const { model, tools, outputSchema } = request
  const format = responseFormat(request)
  const messages = request.messages.map(toMessage)
  if (outputSchema !== null && format?.type !== 'json_schema')
    messages.unshift({ role: 'system', content: schemaInstruction(outputSchema) })
  return {
    model,
    messages,
    max_completion_tokens: request.outputTokensMax,
    ...(tools.length > 0 && {
      tools: tools.map(({ name, description, parameters }) => ({
        type: 'function' as const,
        function: { name, description, parameters },
      })),
    }),
    ...(groqModelTraits(model).partsReasoningOnRequest && { reasoning_format: 'parsed' as const }),
    ...(format !== undefined && { response_format: format }),
  }
}
