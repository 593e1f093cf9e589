export type DiffPart = { readonly kind: 'same' | 'added' | 'removed'; readonly text: string }

/** Cells of the table that is filled to compare two texts; beyond it the middle counts as rewritten. */
const cellsMax = 2_000_000

const wordsOf = (text: string): string[] =>
  text.match(/\s+|[\p{L}\p{N}_]+|[^\s\p{L}\p{N}_]/gu) ?? []

/** What became of a text, word by word. All but the added is the old text, all but the removed the new one. */
export const wordDiff = (before: string, after: string): readonly DiffPart[] => {
  const old = wordsOf(before)
  const now = wordsOf(after)
  let start = 0
  while (start < old.length && start < now.length && old[start] === now[start]) start += 1
  let end = 0
  while (
    end < old.length - start &&
    end < now.length - start &&
    old[old.length - 1 - end] === now[now.length - 1 - end]
  )
    end += 1
  return joined([
    ...old.slice(0, start).map((text) => ({ kind: 'same', text }) as const),
    ...middleDiff(old.slice(start, old.length - end), now.slice(start, now.length - end)),
    ...old.slice(old.length - end).map((text) => ({ kind: 'same', text }) as const),
  ])
}

/** By the longest common subsequence. */
const middleDiff = (old: readonly string[], now: readonly string[]): DiffPart[] => {
  const width = now.length + 1
  if (width * (old.length + 1) > cellsMax)
    return [
      { kind: 'removed', text: old.join('') },
      { kind: 'added', text: now.join('') },
    ]
  const common = new Uint16Array(width * (old.length + 1))
  const at = (row: number, column: number) => common[row * width + column] ?? 0
  for (let row = old.length - 1; row >= 0; row -= 1)
    for (let column = now.length - 1; column >= 0; column -= 1)
      common[row * width + column] =
        old[row] === now[column]
          ? at(row + 1, column + 1) + 1
          : Math.max(at(row + 1, column), at(row, column + 1))
  const parts: DiffPart[] = []
  let row = 0
  let column = 0
  while (row < old.length || column < now.length) {
    const [was, is] = [old[row], now[column]]
    if (was !== undefined && was === is) {
      parts.push({ kind: 'same', text: was })
      row += 1
      column += 1
    } else if (
      is === undefined ||
      (was !== undefined && at(row + 1, column) >= at(row, column + 1))
    ) {
      parts.push({ kind: 'removed', text: was ?? '' })
      row += 1
    } else {
      parts.push({ kind: 'added', text: is })
      column += 1
    }
  }
  return parts
}

const joined = (parts: readonly DiffPart[]): readonly DiffPart[] => {
  const runs: DiffPart[] = []
  for (const { kind, text } of parts) {
    const last = runs.at(-1)
    if (text === '') continue
    if (last?.kind === kind) runs[runs.length - 1] = { kind, text: last.text + text }
    else runs.push({ kind, text })
  }
  return runs
}
