import type { TextPart } from '@maestro/contracts/llm/call-work'
import type { PayloadRef } from '@maestro/contracts/payload/payload-ref'

/** A block that people, models or tools wrote, in tags that say what it is. */
export const block = (tag: string, content: PayloadRef, attributes = ''): TextPart[] => [
  { text: `<${tag}${attributes}>\n` },
  { ref: content },
  { text: `\n</${tag}>\n` },
]

/** The same text in fewer parts: a message holds 256 of them. */
export const joined = (parts: readonly TextPart[]): TextPart[] => {
  const result: TextPart[] = []
  for (const part of parts) {
    const last = result.at(-1)
    if (last && 'text' in last && 'text' in part) {
      result[result.length - 1] = { text: last.text + part.text }
    } else result.push(part)
  }
  return result
}

/** Attribute values come from titles: they must not end the tag. */
export const attribute = (name: string, value: string): string =>
  ` ${name}="${value.replace(/["<>\n]/g, ' ')}"`
