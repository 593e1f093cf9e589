import type { ProviderName } from '@maestro/contracts/llm/chat'
import { type AnswerCollector, createAnswerCollector } from './answer-collector.ts'
import { type Attempt, runAttempt } from './attempt.ts'
import { createAttemptFetch, type ReadReply, type ToRefusal } from './attempt-fetch.ts'
import type { AttemptTimers } from './attempt-timers.ts'
import type { ChatDelta, ChatRequest, ChatResult, ProviderAdapter } from './provider-adapter.ts'
import { ProviderFailure } from './provider-failure.ts'
import type { ProviderLimits } from './provider-limits.ts'

/** Reads what one answer consists of. Made anew for each attempt, since some wires need a memory. */
export type AnswerReader = {
  chunk: (chunk: unknown) => void
  whole: (body: unknown) => void
  /** What only this provider understands and wants back. */
  parts: () => unknown
}

/** What came, and what its headers say about our limits; null where they say nothing. */
export type WireReply<Body> = { body: Body; limits: ProviderLimits | null }

/** One provider's SDK behind two calls. Everything that all providers have in common stands in `createWireAdapter`. */
export type ProviderWire<Client> = {
  provider: ProviderName
  /** Loads the SDK at its first use: an idle worker does not carry it. */
  load: () => Promise<Client>
  /** Resolves when the response headers came. `send` is the SDK's only way to the provider, and ends with the attempt. */
  stream: (
    client: Client,
    request: ChatRequest,
    send: typeof fetch,
  ) => Promise<WireReply<AsyncIterable<unknown>>>
  whole: (client: Client, request: ChatRequest, send: typeof fetch) => Promise<WireReply<unknown>>
  /** Of a streamed body. */
  readStream: ReadReply
  /** Left out: the SDK tells refusals well. */
  toRefusal?: ToRefusal
  /** Whether this request can only be answered whole. */
  isWholeOnly: (request: ChatRequest) => boolean
  reader: (collector: AnswerCollector) => AnswerReader
  toFailure: (error: unknown) => ProviderFailure
}

const readStream = async (
  chunks: AsyncIterable<unknown>,
  {
    attempt,
    collector,
    reader,
  }: { attempt: Attempt; collector: AnswerCollector; reader: AnswerReader },
) => {
  const iterator = chunks[Symbol.asyncIterator]()
  let phase: 'first_token' | 'idle' | 'drain' = 'first_token'
  attempt.await(phase)
  for (;;) {
    let next: IteratorResult<unknown>
    try {
      next = await attempt.orOver(iterator.next())
    } catch (error) {
      // An answer that is complete and paid for is not thrown away because its connection ends badly.
      if (collector.isFinished() && !attempt.isCancelled()) return
      throw error
    }
    if (next.done === true) return
    reader.chunk(next.value)
    const isFirst = phase === 'first_token' && collector.received().afterContent
    if (collector.isFinished() && phase !== 'drain') attempt.await((phase = 'drain'))
    else if (isFirst) attempt.await((phase = 'idle'))
    else if (phase === 'idle') attempt.touch()
  }
}

/** @see ProviderAdapter. Holds the rules for timers, aborts and completeness that no SDK keeps by itself. */
export const createWireAdapter = <Client>(
  wire: ProviderWire<Client>,
  timers: AttemptTimers,
): Pick<ProviderAdapter, 'chat' | 'stream'> => {
  const answer = (
    request: ChatRequest,
    signal: AbortSignal,
    { onDelta, isStream }: { onDelta: (delta: ChatDelta) => void; isStream: boolean },
  ): Promise<ChatResult> => {
    const collector = createAnswerCollector({ provider: wire.provider, request, onDelta })
    const reader = wire.reader(collector)
    let limits: ProviderLimits | null = null
    const open = <Body>(reply: WireReply<Body>): Body => {
      limits = reply.limits
      return reply.body
    }
    return runAttempt({ provider: wire.provider, timers, signal }, async (attempt) => {
      const comesInPieces = isStream && !wire.isWholeOnly(request)
      const { provider, readStream: readReply, toRefusal } = wire
      const sending = createAttemptFetch({
        provider,
        signal: attempt.signal,
        readStream: comesInPieces ? readReply : null,
        toRefusal,
      })
      try {
        const client = await attempt.orOver(wire.load())
        if (comesInPieces) {
          attempt.await('headers')
          const chunks = open(await attempt.orOver(wire.stream(client, request, sending.fetch)))
          await readStream(chunks, { attempt, collector, reader })
        } else {
          attempt.await('whole_answer')
          reader.whole(open(await attempt.orOver(wire.whole(client, request, sending.fetch))))
        }
        const result = collector.result(reader.parts())
        return limits === null ? result : { ...result, limits }
      } catch (error) {
        const known = error instanceof ProviderFailure ? error : sending.failure()
        const failure = known ?? wire.toFailure(error)
        const brokenOff = collector.brokenOff()
        throw failure.after({ ...collector.received(), brokenOff, limits })
      }
    })
  }

  return {
    chat: (request, { signal }) => answer(request, signal, { onDelta: () => {}, isStream: false }),
    stream: (request, { signal, onDelta }) => answer(request, signal, { onDelta, isStream: true }),
  }
}
