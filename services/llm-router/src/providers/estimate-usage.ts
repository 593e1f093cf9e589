import type { Answer } from '@maestro/contracts/llm/chat'
import type { Usage } from '@maestro/contracts/money/cost-of'
import type { ChatRequest } from './provider-adapter.ts'

/** On the high side of what tokenizers make of prose and code: an estimate must not book too little. */
const charactersPerToken = 3

const tokensOf = (characters: number) => Math.ceil(characters / charactersPerToken)

export const estimateTextTokens = (texts: readonly string[]): number =>
  texts.reduce((sum, { length }) => sum + tokensOf(length), 0)

/** The size of what is sent, tools and schema included, in tokens. */
export const estimateInputTokens = ({ messages, tools, outputSchema }: ChatRequest): number => {
  let characters = tools.length === 0 ? 0 : JSON.stringify(tools).length
  if (outputSchema !== null) characters += JSON.stringify(outputSchema.schema).length
  for (const message of messages) {
    characters += message.text.length + 16
    if (message.role === 'assistant')
      for (const call of message.toolCalls)
        characters += call.name.length + call.argumentsText.length
  }
  return tokensOf(characters)
}

/** For an answer whose provider did not count: zero would be a free call. */
export const estimateUsage = (request: ChatRequest, answer: Answer): Usage => {
  const reasoningTokens = tokensOf(answer.reasoning.length)
  const calls = answer.toolCalls.length === 0 ? 0 : JSON.stringify(answer.toolCalls).length
  return {
    inputTokens: estimateInputTokens(request),
    cachedInputTokens: 0,
    outputTokens: tokensOf(answer.text.length + calls) + reasoningTokens,
    reasoningTokens,
  }
}
