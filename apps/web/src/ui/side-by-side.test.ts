import { expect, test } from 'vitest'
import { sideBySide } from './side-by-side.ts'
import type { DiffPart } from './word-diff.ts'

const plain = (parts: readonly DiffPart[]) => parts.map(({ text }) => text).join('')
const pairs: readonly (readonly [string, string])[] = [
  ['one\ntwo\nthree', 'one\nthree'],
  ['rain fell\nin May', 'snow fell\nand more\nin May'],
  ['', 'new\nlines'],
  ['all of it\n', ''],
]

test('each column is its own text, and nothing of it is lost', () => {
  for (const [before, after] of pairs) {
    const rows = sideBySide(before, after)
    const column = (side: 'left' | 'right') =>
      rows
        .map((row) => plain(row[side]))
        .filter((line) => line !== '')
        .join('\n')
    const solid = (text: string) => text.split('\n').filter(Boolean).join('\n')
    expect(column('left')).toBe(solid(before))
    expect(column('right')).toBe(solid(after))
  }
})

test('what both say stands in the same row, however much comes between', () => {
  const rows = sideBySide('rain fell\nin May', 'snow fell\nand more\nin May')
  const last = rows.at(-1)
  expect(last && [plain(last.left), plain(last.right)]).toEqual(['in May', 'in May'])
  expect(rows).toHaveLength(3)
})
