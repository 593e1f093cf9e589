import { type DiffPart, wordDiff } from './word-diff.ts'

export type SideRow = { readonly left: readonly DiffPart[]; readonly right: readonly DiffPart[] }

/** Two texts in two columns: what is the same in both stands in the same rows. The left cells are the one text line by line, the right ones the other. */
export const sideBySide = (before: string, after: string): readonly SideRow[] => {
  const rows: SideRow[] = []
  let left: DiffPart[][] = [[]]
  let right: DiffPart[][] = [[]]
  /** Everything up to a line break that both have. */
  const flush = () => {
    for (let line = 0; line < Math.max(left.length, right.length); line += 1)
      rows.push({ left: left[line] ?? [], right: right[line] ?? [] })
    left = [[]]
    right = [[]]
  }
  const put = (side: DiffPart[][], kind: DiffPart['kind'], text: string) => {
    for (const [index, line] of text.split('\n').entries()) {
      if (index > 0) side.push([])
      if (line !== '') side.at(-1)?.push({ kind, text: line })
    }
  }
  for (const { kind, text } of wordDiff(before, after)) {
    if (kind === 'removed') put(left, kind, text)
    else if (kind === 'added') put(right, kind, text)
    else
      for (const [index, line] of text.split('\n').entries()) {
        if (index > 0) flush()
        put(left, kind, line)
        put(right, kind, line)
      }
  }
  flush()
  return rows
}
