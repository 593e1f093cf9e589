import { expect, test } from 'vitest'
import { readCursor, writeCursor } from './history-cursor.ts'

test('a cursor is read as it was written, and one that no event can have is refused', () => {
  const cursor: Parameters<typeof writeCursor>[0] = [1, 'task_a', 2_147_483_647]
  expect(readCursor(writeCursor(cursor))).toEqual(cursor)
  expect(() => readCursor(writeCursor([1, 'task_a', 2_147_483_648]))).toThrow(
    expect.objectContaining({ code: 'INVALID_INPUT' }),
  )
})
