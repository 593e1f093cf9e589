import type { IncomingHttpHeaders } from 'node:http'
import type { ComposedReply } from './compose-reply.ts'
import type { EmulatedProvider, EmulatedRequest, Refusal } from './emulator-script.ts'

export type HttpReply = { status: number; headers: Record<string, string>; body: string }

/** A bit of a streamed body. Only pieces of content count for faults. */
export type Frame = { text: string; isPiece: boolean }

export type RefusalDetails = {
  model: string
  stream: boolean
  retryAfterMs: number | null
  message: string | null
}

export type ChatCall = { url: URL; headers: IncomingHttpHeaders; body: unknown; nth: number }

/** How one provider speaks. What it says, and what goes wrong with it, is decided elsewhere. */
export type WireDialect = {
  provider: EmulatedProvider
  /** The key that came with a request; null where this provider asks for none. */
  keyOf: (headers: IncomingHttpHeaders) => string | null
  isChat: (method: string, url: URL) => boolean
  /** What the provider tells about itself; null where it has nothing at this address. */
  lookUp: (
    url: URL,
    models: readonly string[],
    prices: Readonly<Record<string, unknown>>,
  ) => unknown
  /** As strict as the provider: an adapter that sends what it would not take has to fail here. */
  read: (call: ChatCall) => { request: EmulatedRequest } | { refused: HttpReply }
  streamHeaders: Record<string, string>
  frames: (reply: ComposedReply, request: EmulatedRequest) => readonly Frame[]
  whole: (reply: ComposedReply, request: EmulatedRequest) => HttpReply
  refuse: (as: Refusal, details: RefusalDetails) => HttpReply
  streamError: (as: Refusal, details: RefusalDetails) => string
  brokenFrame: string
  /** What a stream may have between its frames, and what means nothing. */
  besides: string
}

const json = 'application/json; charset=utf-8'

export const jsonReply = (
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): HttpReply => ({
  status,
  headers: { 'content-type': json, ...headers },
  body: JSON.stringify(body),
})
