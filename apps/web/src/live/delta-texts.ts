import type { LiveDelta } from '@maestro/contracts/llm/live-delta'

type Delta = Pick<LiveDelta, 'callId' | 'attempt' | 'from' | 'text'>
type CallText = { readonly attempt: number; readonly text: string; readonly torn: boolean }

/** A single call's text never grows beyond this; the journaled answer has the rest. */
const charactersMax = 400_000

/**
 * The text of running calls, put together from volatile pieces by their offsets.
 * D1: a piece that repeats what is there changes nothing.
 * D2: a piece beyond the end is not guessed over: the text is torn until it comes again from its
 *     start, or its journaled answer comes.
 * D3: a new attempt replaces the text of the one before.
 */
export const createDeltaTexts = () => {
  const texts = new Map<string, CallText>()
  const watchers = new Map<string, Set<() => void>>()
  const dirty = new Set<string>()

  return {
    take: ({ callId, attempt, from, text }: Delta) => {
      const known = texts.get(callId)
      const begins = known === undefined || attempt > known.attempt || (known.torn && from === 0)
      const current = begins ? { attempt, text: '', torn: false } : known
      if (attempt < current.attempt || current.torn) return
      if (from > current.text.length) {
        texts.set(callId, { ...current, torn: true })
        return
      }
      const fresh = text.slice(current.text.length - from)
      if (fresh === '' && current === known) return
      texts.set(callId, { ...current, text: (current.text + fresh).slice(0, charactersMax) })
      dirty.add(callId)
    },
    get: (callId: string): string => texts.get(callId)?.text ?? '',
    /** True when something of this call was missed, so that only its journaled answer is whole. */
    isTorn: (callId: string): boolean => texts.get(callId)?.torn ?? false,
    drop: (callId: string) => {
      if (texts.delete(callId)) dirty.add(callId)
    },
    watch: (callId: string, listener: () => void) => {
      const set = watchers.get(callId) ?? new Set()
      watchers.set(callId, set.add(listener))
      return () => {
        set.delete(listener)
        if (set.size === 0) watchers.delete(callId)
      }
    },
    /** Tells the watchers of what changed since the last time. */
    flush: () => {
      for (const callId of dirty) for (const listener of watchers.get(callId) ?? []) listener()
      dirty.clear()
    },
  }
}
export type DeltaTexts = ReturnType<typeof createDeltaTexts>
