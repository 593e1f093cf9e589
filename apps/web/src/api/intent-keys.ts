/** Works on plain http as well, where randomUUID does not. */
const newKey = (): string => {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** Longer ago nobody tries the same thing again: it is wanted anew. */
const unknownMsMax = 10 * 60_000

export type Intent = {
  path: string
  params?: Readonly<Record<string, string>> | undefined
  /** What is sent; of a file, what tells it from others. */
  said: unknown
}

/**
 * One `Idempotency-Key` for one intent, however often it is sent.
 * I1: the same words to the same address carry the same key until an answer says what became of them, so
 *     that whoever tries again after a lost answer does not do it twice.
 * I2: once an answer has come, to them or to something said later to the same task, step or question,
 *     the same words are wanted anew: who pauses, resumes and pauses again means it.
 */
export const createIntentKeys = (nowMs: () => number = Date.now) => {
  const unknown = new Map<string, { key: string; place: string; atMs: number }>()
  const placeOf = ({ params = {} }: Intent) => JSON.stringify(params)
  const nameOf = (intent: Intent) => JSON.stringify([intent.path, placeOf(intent), intent.said])

  return {
    of: (intent: Intent): string => {
      const name = nameOf(intent)
      const known = unknown.get(name)
      if (known !== undefined && nowMs() - known.atMs < unknownMsMax) return known.key
      const key = newKey()
      unknown.set(name, { key, place: placeOf(intent), atMs: nowMs() })
      return key
    },
    /** What became of it is known. */
    settle: (intent: Intent): void => {
      const place = placeOf(intent)
      for (const [name, one] of unknown)
        if (one.place === place || nowMs() - one.atMs >= unknownMsMax) unknown.delete(name)
    },
  }
}
