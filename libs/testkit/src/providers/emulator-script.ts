import type { JsonSchema, ToolSpec } from '@maestro/contracts/llm/chat'
import type { Usage } from '@maestro/contracts/money/cost-of'

export type EmulatedProvider = 'groq' | 'gemini' | 'ollama'

export type EmulatedMessage =
  | { role: 'system' | 'user'; text: string }
  | {
      role: 'assistant'
      text: string
      toolCalls: readonly { id: string | null; name: string; arguments: unknown }[]
    }
  | { role: 'tool'; toolCallId: string | null; name: string | null; text: string }

/** A chat request in one form, whichever wire it came over. */
export type EmulatedRequest = {
  provider: EmulatedProvider
  /** Counts the chat requests of this emulator, from 1. Requests that it refuses as malformed count too. */
  nth: number
  model: string
  stream: boolean
  messages: readonly EmulatedMessage[]
  tools: readonly ToolSpec[]
  /** As it came over the wire: Gemini's subset is no longer JSON Schema. */
  outputSchema: JsonSchema | null
  outputTokensMax: number | null
  /** It asks for vectors: each message is one of the texts. */
  embeds?: true
}

/** How a provider can say no. Each emulator puts it in the words of its own wire. */
export type Refusal =
  | 'rate_limited'
  | 'rate_limited_day'
  | 'overloaded'
  | 'server_error'
  | 'auth'
  | 'not_found'
  | 'too_large'
  | 'invalid_request'
  | 'model_output'
  /** Gemini only: the others have no such answer. */
  | 'content_blocked'

/** What goes wrong. A piece is one bit of content; without `afterPieces` it goes wrong before the response headers. */
export type EmulatedFault =
  | { kind: 'refusal'; as: Refusal; retryAfterMs?: number; message?: string }
  | { kind: 'status'; status: number; headers?: Record<string, string>; body: string }
  /** Sends nothing more and keeps the connection open. */
  | { kind: 'stall'; afterPieces?: number }
  /** A TCP reset. */
  | { kind: 'reset'; afterPieces?: number }
  /** A well-formed end of the HTTP body in the middle of the answer. */
  | { kind: 'truncation'; afterBytes: number }
  /** A complete answer without the mark that says so. */
  | { kind: 'no-finish-marker' }
  /** An error inside a response that began with status 200. `hangs`: the connection then stays open. */
  | { kind: 'stream-error'; afterPieces?: number; as: Refusal; hangs?: boolean }
  | { kind: 'broken-json'; afterPieces?: number }
  /** A good answer in pieces of so many bytes, which fall where they will: into the middle of characters too. */
  | { kind: 'slices'; bytes: number }
  /** The first character of several bytes is sent without one of them. */
  | { kind: 'half-character' }
  /** A good answer with what a wire may have besides: comments, other fields, empty lines. */
  | { kind: 'comments' }
  /** Nothing but those, for ever. */
  | { kind: 'keep-alives'; afterPieces?: number; everyMs: number }
  /** The last piece again and again, for ever. */
  | { kind: 'trickle'; everyMs: number }
  /** So many bytes as fast as they are taken: one text without an end, pieces of an answer, or comments. */
  | { kind: 'flood'; of: 'one line' | 'pieces' | 'comments'; bytes: number }

export type EmulatedReply = {
  /** Several texts are several pieces; one text is cut into pieces of some words. */
  text?: string | readonly string[]
  reasoning?: string | readonly string[]
  /** A string is sent as it is by Groq, whose wire has arguments as text; the others can only send objects. */
  toolCalls?: readonly {
    name: string
    arguments: Record<string, unknown> | string
    /** Where its wire has ids; left out: one of its own for each. */
    id?: string
  }[]
  /** `blocked`: Gemini breaks off for safety. */
  finish?: 'stop' | 'length' | 'blocked'
  /** What is not given is counted from the texts; null sends no usage at all. */
  usage?: Partial<Usage> | null
  /** For a request for vectors; what is not given is made of the texts. */
  vectors?: readonly (readonly number[])[]
  /** The model that says it has answered, if not the one asked for. */
  model?: string
  headersDelayMs?: number
  pieceDelayMs?: number
  fault?: EmulatedFault
}

export type EmulatorRule = {
  /** Only for the n-th chat request, from 1. */
  nth?: number
  /** Only for requests of which this is true. */
  when?: (request: EmulatedRequest) => boolean
  reply: EmulatedReply
}

/** What an emulator answers: by the first rule that fits, else by `answer`, else something deterministic of its own. */
export type EmulatorScript = {
  rules?: readonly EmulatorRule[]
  answer?: (
    request: EmulatedRequest,
  ) => EmulatedReply | undefined | Promise<EmulatedReply | undefined>
  /** What the emulator offers; a request for another model is refused as not found. Empty: any model. */
  models?: readonly string[]
  /** What it publishes in its list of models, looked at anew for each request: dollars per token. Groq only. */
  prices?: () => Readonly<
    Record<string, { prompt: string; completion: string; input_cache_read?: string }>
  >
  /** The keys that it takes, looked at anew for each request; left out: any. */
  keys?: () => readonly string[]
}
