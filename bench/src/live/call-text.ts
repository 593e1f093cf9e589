import type { ServerMessage } from '@maestro/contracts/gateway/live-feed'

type Delta = Pick<Extract<ServerMessage, { op: 'delta' }>, 'attempt' | 'from' | 'text'>

/** The newest attempt of a call as a viewer has put it together. */
export type CallText = { attempt: number; text: string }

/** With one more piece; null: something before it is missing, which must never be. */
export const withPiece = (
  known: CallText | undefined,
  { attempt, from, text }: Delta,
): CallText | null => {
  if (known !== undefined && attempt < known.attempt) return known
  const before = known?.attempt === attempt ? known.text : ''
  if (from > before.length) return null
  return { attempt, text: before.slice(0, from) + text }
}
