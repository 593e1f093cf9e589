import { createHash } from 'node:crypto'
import type { PayloadRef, PayloadService } from '@maestro/contracts/payload/payload-ref'

/** A text on its way into a service's payload store, with the reference that events carry. */
export type Payload = { ref: PayloadRef; content: Buffer }

const previewCharactersMax = 160

export const previewOf = (text: string): string => {
  const line = text
    .slice(0, previewCharactersMax * 4)
    // Control characters as well: previews stand in places where NUL is not taken.
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .toWellFormed()
  if (line.length <= previewCharactersMax) return line
  // Never cut a surrogate pair in half: half of one is no text.
  const cut = line.slice(0, previewCharactersMax - 1)
  return `${/[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut}…`
}

export const payloadOf = (service: PayloadService, text: string, mediaType: string): Payload => {
  const content = Buffer.from(text, 'utf8')
  return {
    ref: {
      service,
      sha256: createHash('sha256').update(content).digest('hex'),
      bytes: content.length,
      mediaType,
      preview: previewOf(text),
    },
    content,
  }
}
