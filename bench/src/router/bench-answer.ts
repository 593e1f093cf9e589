/** What the emulator answers: eight pieces, each a chunk of its own on the wire. */
export const answerPieces = Array.from(
  { length: 8 },
  (_, index) => `Piece ${index + 1} of an answer that comes in eight. `,
)

/** What a call asks for: its id, and how long the provider thinks before its first word. */
export const questionOf = (callId: string, waitMs: number): string => `${callId} wait=${waitMs}`

export const waitMsOf = (question: string): number =>
  Number(/ wait=(\d+)$/.exec(question)?.[1] ?? 0)

export const callIdOf = (question: string): string => question.split(' ')[0] ?? ''
