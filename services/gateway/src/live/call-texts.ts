import type { LiveDelta } from '@maestro/contracts/llm/live-delta'

/** One call's text never grows beyond this; its journaled answer has the rest. */
const textCharactersMax = 400_000
/** Of all running calls of a task together; the oldest gives way. */
const allCharactersMax = 4_000_000
const endedMax = 5_000

type CallText = Omit<LiveDelta, 'taskId' | 'from' | 'text'> & {
  text: string
  /** So much of it has been told. */
  told: number
  /** It broke off, and that has not been told. */
  isNews: boolean
  /** Something is missing for good: nothing is put behind it. */
  torn: boolean
}

export type TextPiece = Omit<LiveDelta, 'taskId'>

/**
 * The text of a task's running calls, put together from pieces by their offsets.
 * T1: a piece that repeats what is there changes nothing.
 * T2: a piece beyond the end is not taken: what lies between has to be read again first.
 * T3: a new attempt replaces the text of the one before; a call that has ended has no text here.
 */
export type CallTexts = {
  /** False: something before this piece is missing. */
  take: (delta: LiveDelta) => boolean
  /** What is missing before this piece cannot be had: the attempt's text stays as it is. */
  tear: (delta: LiveDelta) => void
  end: (callId: string) => void
  endAll: () => void
  /** What was not told yet; from now on it is. */
  untold: () => TextPiece[]
  /** The whole text so far, for somebody new. */
  soFar: () => TextPiece[]
}

export const createCallTexts = (): CallTexts => {
  const calls = new Map<string, CallText>()
  const ended = new Set<string>()
  let characters = 0

  const forget = (callId: string) => {
    characters -= calls.get(callId)?.text.length ?? 0
    calls.delete(callId)
  }
  const startAttempt = ({ callId, stepId, purpose, attempt }: LiveDelta) => {
    const facts = { callId, stepId, purpose, attempt }
    forget(callId)
    const started: CallText = { ...facts, text: '', told: 0, isNews: false, torn: false }
    calls.set(callId, started)
    return started
  }
  const pieceOf = (
    { told: _told, torn: _torn, isNews: _isNews, text, ...facts }: CallText,
    from: number,
  ): TextPiece => ({
    ...facts,
    from,
    text: text.slice(from),
  })

  return {
    take: (delta) => {
      if (ended.has(delta.callId)) return true
      const known = calls.get(delta.callId)
      if (known !== undefined && delta.attempt < known.attempt) return true
      const current =
        known === undefined || delta.attempt > known.attempt ? startAttempt(delta) : known
      if (current.torn || current.text.length >= textCharactersMax) return true
      if (delta.from > current.text.length) return false
      const fresh = delta.text.slice(current.text.length - delta.from)
      const taken = fresh.slice(0, textCharactersMax - current.text.length)
      current.text += taken
      if (delta.isBrokenOff === true && current.isBrokenOff !== true) {
        current.isBrokenOff = true
        current.isNews = true
      }
      characters += taken.length
      for (const [callId] of calls) {
        if (characters <= allCharactersMax) break
        if (callId !== delta.callId) forget(callId)
      }
      return true
    },
    tear: ({ callId, attempt }) => {
      const known = calls.get(callId)
      if (known?.attempt === attempt) known.torn = true
    },
    end: (callId) => {
      forget(callId)
      ended.add(callId)
      if (ended.size > endedMax) for (const oldest of ended) if (ended.delete(oldest)) break
    },
    endAll: () => {
      for (const callId of calls.keys()) forget(callId)
    },
    untold: () => {
      const pieces: TextPiece[] = []
      for (const current of calls.values()) {
        if (current.told >= current.text.length && !current.isNews) continue
        pieces.push(pieceOf(current, current.told))
        current.told = current.text.length
        current.isNews = false
      }
      return pieces
    },
    soFar: () =>
      [...calls.values()].filter(({ text }) => text !== '').map((current) => pieceOf(current, 0)),
  }
}
