import { isSameText, saidText } from './agent-text.ts'
import type { KeptEdit } from './kept-edits.ts'

/** What was sent, as a change of which version. */
export type SentEdit = Pick<KeptEdit, 'version' | 'mine'>

/** What is still to be sent once that was taken: typed meanwhile, it goes on from the version that the sent one made. */
export const editAfterSent = (kept: KeptEdit | null, sent: SentEdit): KeptEdit | null => {
  if (kept === null || isSameText(kept.mine, sent.mine)) return null
  // It was put on a newer version while the answer was on its way.
  if (kept.version !== sent.version) return kept
  return { version: sent.version + 1, base: saidText(sent.mine), mine: kept.mine }
}
