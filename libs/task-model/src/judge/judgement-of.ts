import type { Step, Turn } from '../task.ts'
import type { Judgement } from './judging.ts'

/** What was said of this very turn; null when nobody was asked about it. */
export const judgementOf = (
  { judging, attempt }: Pick<Step, 'judging' | 'attempt'>,
  { turn }: Pick<Turn, 'turn'>,
): Judgement | null =>
  judging?.attempt === attempt && judging.turn === turn ? judging.judgement : null
