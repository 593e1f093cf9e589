import { expect, test } from 'vitest'
import { nameFor } from './name-for.ts'

const bookmarks = [
  { name: 'start', position: 3, by: 'ada', setAt: '2026-01-01T00:00:00.000Z' },
  { name: 'end', position: 9, by: 'ada', setAt: '2026-01-01T00:00:00.000Z' },
]

test('a name that stands at another event is refused, and says where it stands', () => {
  const refused = nameFor({ typed: ' end ', position: 3 }, bookmarks)
  expect(refused).toEqual({ problem: expect.stringContaining('event 9') })
})

test('a new name is taken without the space around it', () => {
  expect(nameFor({ typed: ' middle ', position: 3 }, bookmarks)).toEqual({ name: 'middle' })
})

test('what was sent once and not heard of can be sent again', () => {
  expect(nameFor({ typed: 'start', position: 3 }, bookmarks)).toEqual({ name: 'start' })
})

test('what cannot be a name is told', () => {
  expect(nameFor({ typed: '  ', position: 3 }, bookmarks)).toEqual({
    problem: 'a bookmark has a name',
  })
})
