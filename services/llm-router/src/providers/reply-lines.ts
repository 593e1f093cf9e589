import { replyFailures } from './reply-failures.ts'

/** The longest line or event: a piece of an answer is some hundred bytes, tool calls and signatures of Gemini come whole. */
export const lineCharactersMax = 4 * 1024 ** 2
/** The largest answer has 65,536 tokens, and a piece of one token has at most half a KiB around it. */
export const streamBytesMax = 64 * 1024 ** 2

/** An empty line says no more when it comes again; a flood of them would be a flood of lines. */
const manyEmptyLines = /\n{3,}/g

/**
 * A streamed body as lines, those of one chunk together. The SDKs put a line together without a
 * bound, in time that grows with its square, and put another character in the place of broken ones.
 * @throws {ProviderFailure} for what has no end, or is no text.
 */
export const replyLines = async function* (
  body: AsyncIterable<Uint8Array>,
  provider: string,
): AsyncGenerator<readonly string[]> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let open = ''
  let bytes = 0
  for await (const chunk of body) {
    bytes += chunk.byteLength
    if (bytes > streamBytesMax) throw replyFailures.endless(provider)
    const text = decode(decoder, provider, chunk).replaceAll(manyEmptyLines, '\n\n')
    const lines = text.split('\n')
    lines[0] = open + (lines[0] ?? '')
    open = lines.pop() ?? ''
    if (open.length > lineCharactersMax) throw replyFailures.endless(provider)
    if (lines.length > 0) yield lines.map(withoutReturn)
  }
  const last = open + decode(decoder, provider)
  if (last !== '') yield [withoutReturn(last)]
}

const withoutReturn = (line: string) => (line.endsWith('\r') ? line.slice(0, -1) : line)

/** Half a character at the end of a chunk is kept for the next one; without a chunk there is no next one. */
const decode = (
  decoder: InstanceType<typeof TextDecoder>,
  provider: string,
  chunk?: Uint8Array,
): string => {
  try {
    return chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true })
  } catch {
    throw replyFailures.noText(provider)
  }
}
