import { isUtf8 } from 'node:buffer'
import type { ProviderFailure } from './provider-failure.ts'
import { readBounded } from './read-bounded.ts'
import { replyFailures } from './reply-failures.ts'
import { wasKeptConnectionClosed } from './reused-connections.ts'
import { transportFailure } from './transport-failure.ts'

/** A hundred vectors of 4,096 numbers, as JSON, are the largest answer that comes whole. */
export const wholeBytesMax = 16 * 1024 ** 2
/** Enough for what a provider says when it refuses; a page of HTML may go on. */
const refusalBytesMax = 256 * 1024

/** How a streamed body is read before the SDK reads it. @throws {ProviderFailure} */
export type ReadReply = (
  body: AsyncIterable<Uint8Array>,
  provider: string,
) => AsyncIterable<Uint8Array>

/** A refusal in our words, of an SDK that loses half of it. */
export type ToRefusal = (status: number, body: string, headers: Headers) => ProviderFailure

export type AttemptFetch = {
  /** For the SDK, in place of the one that it would take. */
  fetch: typeof fetch
  /** What went wrong on the wire, before the SDK made something else of it; null: nothing that is known. */
  failure: () => ProviderFailure | null
}

/**
 * The requests of one attempt. It ends with the attempt's signal whatever the SDK does with its own,
 * hands on no more than an answer can have, and remembers what failed: one SDK drops the cause of
 * every failure, and without it nobody knows whether the request ever left.
 */
export const createAttemptFetch = ({
  provider,
  signal,
  readStream,
  toRefusal,
}: {
  provider: string
  signal: AbortSignal
  /** Null: the answer comes whole. */
  readStream: ReadReply | null
  /** Left out: the SDK tells refusals well. */
  toRefusal?: ToRefusal | undefined
}): AttemptFetch => {
  let failure: ProviderFailure | null = null
  const remember = (error: unknown): unknown => {
    // An attempt that is over has a better reason than the broken connection that follows from it.
    if (signal.aborted) return error
    failure ??= wireFailure(provider, error)
    return failure
  }
  const rememberIn = async function* (bytes: AsyncIterable<Uint8Array>) {
    try {
      yield* bytes
    } catch (error) {
      throw remember(error)
    }
  }
  const read = async (response: Response): Promise<Response> => {
    const { status, statusText, headers } = response
    if (!response.ok) {
      const { bytes } = await readBounded(response.body, refusalBytesMax)
      if (toRefusal !== undefined) throw toRefusal(status, new TextDecoder().decode(bytes), headers)
      return new Response(bytes.length === 0 ? null : bytes, { status, statusText, headers })
    }
    if (/^text\/html\b/i.test(headers.get('content-type') ?? ''))
      throw replyFailures.webPage(provider)
    if (readStream !== null && response.body !== null) {
      const bytes = rememberIn(readStream(response.body, provider))
      return new Response(ReadableStream.from(bytes), { status, statusText, headers })
    }
    if (Number(headers.get('content-length')) > wholeBytesMax) throw replyFailures.endless(provider)
    const { bytes, isCut } = await readBounded(response.body, wholeBytesMax)
    if (isCut) throw replyFailures.endless(provider)
    if (!isUtf8(bytes)) throw replyFailures.noText(provider)
    return new Response(bytes, { status, statusText, headers })
  }

  return {
    fetch: async (input, init) => {
      try {
        // A redirect would carry the key to somebody else, and turn the request into another one.
        return await read(await fetch(input, { ...init, signal, redirect: 'manual' }))
      } catch (error) {
        throw remember(error)
      }
    },
    failure: () => failure,
  }
}

const wireFailure = (provider: string, error: unknown): ProviderFailure =>
  wasKeptConnectionClosed(error)
    ? replyFailures.keptConnectionClosed(provider, error)
    : transportFailure(provider, error)
