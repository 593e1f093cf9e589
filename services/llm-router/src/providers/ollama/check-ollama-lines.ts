import { z } from 'zod'
import { ollamaFailure } from './ollama-failure.ts'

const ErrorLine = z.object({ error: z.string() })

const check = (line: string) => {
  const { success, data } = ErrorLine.safeParse(JSON.parse(line))
  if (success) throw ollamaFailure(null, data.error)
}

/**
 * Passes a stream of JSON lines on, line by line, and breaks it at one that is no JSON or that says
 * an error. The SDK would skip and print the one, and turn the other into an error without a kind.
 * A generator, since it breaks only after what came before was read: a stream that is broken from
 * its writing side drops that.
 */
export const checkOllamaLines = async function* (
  body: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  const decoder = new TextDecoder()
  const encoder = new TextEncoder()
  let open = ''
  for await (const bytes of body) {
    const lines = (open + decoder.decode(bytes, { stream: true })).split('\n')
    open = lines.pop() ?? ''
    for (const line of lines) {
      if (line.trim() === '') continue
      check(line)
      yield encoder.encode(`${line}\n`)
    }
  }
  const last = open + decoder.decode()
  if (last.trim() === '') return
  check(last)
  yield encoder.encode(`${last}\n`)
}
