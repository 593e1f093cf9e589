import type { Answer, ProviderName } from '@maestro/contracts/llm/chat'
import type {
  ChatDelta,
  ChatRequest,
  ChatResult,
  ProviderAdapter,
} from '../providers/provider-adapter.ts'

export type ScriptedAdapter = ProviderAdapter & {
  /** Every request that reached it, in order. */
  readonly asked: ChatRequest[]
}

type Play = (
  request: ChatRequest,
  options: { signal: AbortSignal; onDelta: (delta: ChatDelta) => void },
) => Promise<ChatResult>

/** A provider that does what a test says. */
export const scriptedAdapter = (
  provider: ProviderName,
  defaultModel: string,
  play: Play,
): ScriptedAdapter => {
  const asked: ChatRequest[] = []
  const stream: Play = (request, options) => {
    asked.push(request)
    return play(request, options)
  }
  return {
    provider,
    defaultModel,
    asked,
    stream,
    chat: (request, { signal }) => stream(request, { signal, onDelta: () => {} }),
  }
}

export const answered = (
  text: string,
  { model, ...rest }: Partial<Answer> & { model: string },
): ChatResult => ({
  answer: {
    text,
    reasoning: '',
    toolCalls: [],
    finish: 'stop',
    providerParts: null,
    ...rest,
  },
  model,
  usage: { inputTokens: 10, cachedInputTokens: 0, outputTokens: 5, reasoningTokens: 0 },
})
