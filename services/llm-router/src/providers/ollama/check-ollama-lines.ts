import { z } from 'zod'
import type { ProviderFailure } from '../provider-failure.ts'
import { replyLines } from '../reply-lines.ts'
import { ollamaFailure, toOllamaFailure } from './ollama-failure.ts'

const ErrorLine = z.object({ error: z.string() })

const encoder = new TextEncoder()

/** Null: nothing is wrong with it. */
const failureIn = (line: string): ProviderFailure | null => {
  try {
    const { success, data } = ErrorLine.safeParse(JSON.parse(line))
    return success ? ollamaFailure(null, data.error) : null
  } catch (error) {
    return toOllamaFailure(error)
  }
}

/**
 * Passes a stream of JSON lines on, and breaks it at one that is no JSON or that says an error. The
 * SDK would skip and print the one, and turn the other into an error without a kind. A generator,
 * since it breaks only after what came before was read: a stream that is broken from its writing
 * side drops that.
 */
export const checkOllamaLines = async function* (
  body: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  for await (const lines of replyLines(body, 'ollama')) {
    let sound = ''
    let failure: ProviderFailure | null = null
    for (const line of lines) {
      if (line.trim() === '') continue
      failure = failureIn(line)
      if (failure !== null) break
      sound += `${line}\n`
    }
    if (sound !== '') yield encoder.encode(sound)
    if (failure !== null) throw failure
  }
}
