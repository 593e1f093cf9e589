import { expect, test } from 'vitest'
import { treeMove } from './tree-move.ts'

const leaf = (level: number) => ({ level, canOpen: false, isOpen: false })
const rows = [leaf(1), { level: 1, canOpen: true, isOpen: true }, leaf(2), leaf(2), leaf(1)]
const closed = [{ level: 1, canOpen: true, isOpen: false }, leaf(1)]

test('right opens what is closed and then goes into it, left goes back out and closes', () => {
  expect(treeMove('ArrowRight', closed, 0)).toEqual({ kind: 'open' })
  expect(treeMove('ArrowRight', rows, 1)).toEqual({ kind: 'go', to: 2 })
  expect(treeMove('ArrowLeft', rows, 3)).toEqual({ kind: 'go', to: 1 })
  expect(treeMove('ArrowLeft', rows, 1)).toEqual({ kind: 'close' })
})

test('a key that leads nowhere is left to the page', () => {
  for (const [key, at] of [
    ['ArrowUp', 0],
    ['ArrowDown', 4],
    ['ArrowLeft', 0],
    ['ArrowRight', 2],
    ['j', 0],
  ] as const)
    expect(treeMove(key, rows, at)).toBeNull()
})

test('pages and ends stay within the rows', () => {
  expect(treeMove('PageDown', rows, 1)).toEqual({ kind: 'go', to: 4 })
  expect(treeMove('Home', rows, 3)).toEqual({ kind: 'go', to: 0 })
})
