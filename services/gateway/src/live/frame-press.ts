import { textFrameOf } from './text-frame.ts'

/** Makes frames out of messages, head and all. Clients that are sent the very same get the very same bytes. */
export type FramePress = {
  frameOf: (texts: readonly string[]) => Buffer
  /** Forgets what was made. */
  clear: () => void
}

type Pressed = { texts: readonly string[]; frame: Buffer }

export const createFramePress = (): FramePress => {
  /** By their first message. Of two that begin alike the later one is kept. */
  const pressed = new Map<string, Pressed>()
  return {
    frameOf: (texts) => {
      const [first = ''] = texts
      const known = pressed.get(first)
      if (known && areSame(known.texts, texts)) return known.frame
      const frame = textFrameOf(`[${texts.join(',')}]`)
      pressed.set(first, { texts, frame })
      return frame
    },
    clear: () => pressed.clear(),
  }
}

const areSame = (some: readonly string[], others: readonly string[]): boolean =>
  some.length === others.length && some.every((text, index) => text === others[index])
