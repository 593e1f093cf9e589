import type {
  Answer,
  JsonSchema,
  ProviderName,
  ProviderParts,
  ToolCall,
  ToolSpec,
} from '@maestro/contracts/llm/chat'
import type { CallPurpose } from '@maestro/contracts/llm/call-work'
import type { Usage } from '@maestro/contracts/money/cost-of'
import type { ProviderLimits } from './provider-limits.ts'

/** A message with its texts in place. Adapters translate it to their wire. */
export type ChatMessage =
  | { role: 'system' | 'user'; text: string }
  | {
      role: 'assistant'
      text: string
      toolCalls: readonly ToolCall[]
      /** Only given when the same provider and model made them; otherwise null. */
      providerParts: ProviderParts | null
    }
  | { role: 'tool'; toolCallId: string; name: string; text: string }

export type ChatRequest = {
  model: string
  purpose: CallPurpose
  messages: readonly ChatMessage[]
  tools: readonly ToolSpec[]
  outputSchema: { name: string; schema: JsonSchema } | null
  /** Always sent: a reservation is only a bound when the output is bounded. */
  outputTokensMax: number
  /** What the model reads and writes together at most; left out where nobody says. */
  contextTokensMax?: number
}

export type ChatResult = {
  answer: Answer
  /** The model that the provider says has answered: it is the one that is billed. */
  model: string
  usage: Usage
  /** The provider did not count; the usage is our estimate, on the high side. */
  usageEstimated?: true
  /** What the provider says is left of our limits; left out where it says nothing. */
  limits?: ProviderLimits
}

export type ChatDelta = { kind: 'text' | 'reasoning'; text: string }

/** What a provider makes of texts, one vector for each, in their order. */
export type EmbedResult = {
  vectors: readonly (readonly number[])[]
  model: string
  usage: Usage
  usageEstimated?: true
}

export type Embedder = {
  /** Empty while none is known. */
  readonly defaultModel: string
  /** @throws {ProviderFailure} on everything but a vector for each text. */
  embed: (
    request: { model: string; texts: readonly string[] },
    options: { signal: AbortSignal },
  ) => Promise<EmbedResult>
}

/** One provider behind one interface. Retries, fallback, budgets and the total deadline are the router's, never an adapter's. */
export type ProviderAdapter = {
  readonly provider: ProviderName
  readonly defaultModel: string
  /** Left out: it makes no embeddings. */
  readonly embedder?: Embedder
  /** @throws {ProviderFailure} on everything but an answer. */
  chat: (request: ChatRequest, options: { signal: AbortSignal }) => Promise<ChatResult>
  /** Like `chat`, and hands out what came so far. Resolves only when the finish marker was seen. @throws {ProviderFailure} */
  stream: (
    request: ChatRequest,
    options: { signal: AbortSignal; onDelta: (delta: ChatDelta) => void },
  ) => Promise<ChatResult>
}
