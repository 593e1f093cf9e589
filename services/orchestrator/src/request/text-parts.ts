import type { TextPart } from '@maestro/contracts/llm/call-work'
import type { PayloadRef } from '@maestro/contracts/payload/payload-ref'

/** A block that people, models or tools wrote, in tags that say what it is. */
export const block = (tag: string, content: PayloadRef, attributes = ''): TextPart[] => [
  { text: `<${tag}${attributes}>\n` },
  { ref: content },
  { text: `\n</${tag}>\n` },
]

/** Attribute values come from titles: they must not end the tag. */
export const attribute = (name: string, value: string): string =>
  ` ${name}="${value.replace(/["<>\n]/g, ' ')}"`
