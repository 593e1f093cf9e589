import { expect, test } from 'vitest'
import { nextBookmark } from './next-bookmark.ts'

const bookmarks = [3, 8, 8, 20].map((position) => ({ position }))

test('goes from bookmark to bookmark, and stays where there is none', () => {
  expect(nextBookmark(bookmarks, 1, 1)).toBe(3)
  expect(nextBookmark(bookmarks, 3, 1)).toBe(8)
  expect(nextBookmark(bookmarks, 20, 1)).toBe(20)
  expect(nextBookmark(bookmarks, 20, -1)).toBe(8)
  expect(nextBookmark(bookmarks, 3, -1)).toBe(3)
  expect(nextBookmark([], 5, 1)).toBe(5)
})
