import { estimateInputTokens } from '../estimate-usage.ts'
import type { ChatMessage, ChatRequest } from '../provider-adapter.ts'
import { ProviderFailure } from '../provider-failure.ts'
import { schemaInstruction } from '../schema-instruction.ts'
import { toolArguments } from '../tool-arguments.ts'

type OllamaMessage =
  | { role: 'system' | 'user'; content: string }
  | {
      role: 'assistant'
      content: string
      tool_calls?: { function: { name: string; arguments: Record<string, unknown> } }[]
    }
  | { role: 'tool'; content: string; tool_name: string }

export type OllamaRequest = {
  model: string
  messages: OllamaMessage[]
  options: { num_ctx: number; num_predict: number }
  tools?: {
    type: 'function'
    function: { name: string; description: string; parameters: Record<string, unknown> }
  }[]
  format?: Record<string, unknown>
}

const toMessage = (message: ChatMessage): OllamaMessage => {
  switch (message.role) {
    case 'assistant':
      return {
        role: 'assistant',
        content: message.text,
        ...(message.toolCalls.length > 0 && {
          tool_calls: message.toolCalls.map(({ name, argumentsText }) => ({
            function: { name, arguments: toolArguments(argumentsText) },
          })),
        }),
      }
    case 'tool':
      return { role: 'tool', content: message.text, tool_name: message.name }
    default:
      return { role: message.role, content: message.text }
  }
}

/** Few sizes: Ollama loads the model again whenever the size changes. */
const contextSizes = [8_192, 16_384, 32_768, 65_536, 131_072, 262_144]

/** How much context to ask for. Without asking, Ollama cuts long prompts silently. */
const contextTokens = (request: ChatRequest, contextTokensSet: number): number => {
  const contextTokensMax = Math.min(contextTokensSet, request.contextTokensMax ?? contextTokensSet)
  const inputTokens = estimateInputTokens(request)
  // The estimate is on the high side: what is beyond the limit by half is beyond it for sure.
  if (inputTokens > contextTokensMax * 1.5)
    throw new ProviderFailure(
      'too_large',
      `The prompt has about ${inputTokens} tokens; ollama is set to at most ${contextTokensMax}.`,
    )
  const wanted = inputTokens + request.outputTokensMax
  return Math.min(contextSizes.find((size) => size >= wanted) ?? contextTokensMax, contextTokensMax)
}

export const toOllamaRequest = (
  request: ChatRequest,
  { model, contextTokensMax }: { model: string; contextTokensMax: number },
): OllamaRequest => {
  const { tools, outputSchema } = request
  const messages = request.messages.map(toMessage)
  // A format rules every token, and leaves no room for a tool call.
  const asksBySchema = outputSchema !== null && tools.length === 0
  if (outputSchema !== null && !asksBySchema)
    messages.unshift({ role: 'system', content: schemaInstruction(outputSchema) })
  return {
    model,
    messages,
    options: {
      num_ctx: contextTokens(request, contextTokensMax),
      num_predict: request.outputTokensMax,
    },
    ...(tools.length > 0 && {
      tools: tools.map(({ name, description, parameters }) => ({
        type: 'function' as const,
        function: { name, description, parameters },
      })),
    }),
    ...(asksBySchema && { format: outputSchema.schema }),
  }
}
