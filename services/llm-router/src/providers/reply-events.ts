import { replyFailures } from './reply-failures.ts'
import { lineCharactersMax, replyLines } from './reply-lines.ts'

const encoder = new TextEncoder()

/**
 * A stream of server-sent events in its plainest form: one `data: …` line for each, nothing else. Of
 * comments and other fields one SDK makes a failure, and the other keeps them for ever.
 */
export const replyEvents = async function* (
  body: AsyncIterable<Uint8Array>,
  provider: string,
): AsyncGenerator<Uint8Array> {
  let data: string[] = []
  let characters = 0
  for await (const lines of replyLines(body, provider)) {
    let events = ''
    for (const line of lines) {
      if (line.startsWith('data:')) {
        data.push(line.slice(line.startsWith('data: ') ? 6 : 5))
        characters += line.length
        if (characters > lineCharactersMax) throw replyFailures.endless(provider)
      } else if (line === '' && data.length > 0) {
        // Several lines are one JSON text, in which a break means as little as a blank.
        events += `data: ${data.join(' ')}\n\n`
        data = []
        characters = 0
      }
    }
    if (events !== '') yield encoder.encode(events)
  }
  // What no empty line has ended is the half of an event.
}
