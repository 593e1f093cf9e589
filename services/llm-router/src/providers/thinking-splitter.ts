const opening = '<think>'
const closing = '</think>'

/** How much of the end of `text` may be the beginning of `tag`. */
const overlap = (text: string, tag: string): number => {
  for (let length = Math.min(text.length, tag.length - 1); length > 0; length -= 1)
    if (text.endsWith(tag.slice(0, length))) return length
  return 0
}

/**
 * Parts thoughts from text for models that write them into it, as `<think>…</think>` at its very
 * beginning. Anywhere else the tag is text: somebody may be writing about it.
 */
export const createThinkingSplitter = (say: (kind: 'text' | 'reasoning', text: string) => void) => {
  let mode: 'beginning' | 'thinking' | 'after' | 'text' = 'beginning'
  let held = ''

  const read = (): boolean => {
    if (mode === 'beginning') {
      const trimmed = held.trimStart()
      if (trimmed.startsWith(opening)) {
        mode = 'thinking'
        held = trimmed.slice(opening.length)
        return true
      }
      if (opening.startsWith(trimmed)) return false
      mode = 'text'
      return true
    }
    if (mode === 'thinking') {
      const end = held.indexOf(closing)
      const thought =
        end < 0 ? held.slice(0, held.length - overlap(held, closing)) : held.slice(0, end)
      say('reasoning', thought)
      held = held.slice(thought.length)
      if (end < 0) return false
      mode = 'after'
      held = held.slice(closing.length)
      return true
    }
    if (mode === 'after') {
      held = held.trimStart()
      if (held === '') return false
      mode = 'text'
      return true
    }
    say('text', held)
    held = ''
    return false
  }

  return {
    write: (text: string) => {
      held += text
      while (read());
    },
    /** Gives out what was held back to see whether it is a tag. */
    end: () => {
      if (mode === 'thinking') say('reasoning', held)
      else if (mode !== 'after') say('text', held)
      held = ''
      mode = 'text'
    },
  }
}
