import { canonical, type Json } from '../approval/digest-of.ts'
import { sha256Of } from '../approval/sha256-of.ts'

// A1 Each line is canonical JSON and names the SHA-256 of the line before it, so that none can be changed,
// left out, put in or moved without the next one telling.
// A2 The last line says how many there are: a file that was cut has none.
// A3 The same events make the same bytes: an auditor who has kept the hash of the last line of an export
// finds it again in every later one of a task that has ended.

export const recordFormat = 'maestro-approvals'

export type ApprovalRecord = {
  text: string
  entries: number
  /** SHA-256 of the last line: whoever keeps it can tell whether a file was made anew from other facts. */
  head: string
}

/** The entries as lines, chained. */
export const approvalRecordOf = (
  about: { taskId: string; title: string; seq: number },
  entries: readonly { readonly [key: string]: Json }[],
): ApprovalRecord => {
  const lines = [canonical({ format: recordFormat, version: 1, ...about })]
  const put = (line: { readonly [key: string]: Json }) =>
    lines.push(canonical({ ...line, previous: sha256Of(lines.at(-1) ?? '') }))
  for (const [index, entry] of entries.entries()) put({ entry: index + 1, ...entry })
  put({ end: true, entries: entries.length })
  return {
    text: `${lines.join('\n')}\n`,
    entries: entries.length,
    head: sha256Of(lines.at(-1) ?? ''),
  }
}
