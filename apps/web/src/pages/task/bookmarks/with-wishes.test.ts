import { expect, test } from 'vitest'
import type { BookmarkWish } from '../../../api/bookmarks.ts'
import { oppositeOf } from './opposite-of.ts'
import { withWishes } from './with-wishes.ts'

const at = '2026-01-01T00:00:00.000Z'
const marked = (name: string, position: number) => ({ name, position, by: 'ada', setAt: at })
const here = [marked('begin', 2), marked('end', 90)]
const after = (...wishes: readonly BookmarkWish[]) =>
  withWishes(
    here,
    wishes.map((wish) => ({ wish, sentAt: at })),
  )
const told = (bookmarks: ReturnType<typeof after>) =>
  bookmarks.map(({ name, position }) => `${name} ${position}`)

const wishes: readonly BookmarkWish[] = [
  { kind: 'set', name: 'middle', position: 40 },
  { kind: 'rename', name: 'start', position: 2, before: 'begin' },
  { kind: 'remove', name: 'end', position: 90 },
]

test('what is wished is shown in its place before its event is here', () => {
  expect(told(after(...wishes))).toEqual(['start 2', 'middle 40'])
})

test('a wish whose event has come changes nothing any more', () => {
  expect(after({ kind: 'set', name: 'begin', position: 2 })).toEqual(here)
  expect(after({ kind: 'remove', name: 'gone', position: 7 })).toEqual(here)
})

test('what is taken back is as it was', () => {
  for (const wish of wishes) expect(told(after(wish, oppositeOf(wish)))).toEqual(told(here))
})
