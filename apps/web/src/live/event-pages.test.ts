import { expect, test } from 'vitest'
import { createEventPages, eventsPerPage } from './event-pages.ts'

const events = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => ({ seq: from + index }))

test('[P1] however many events come, so many pages are held: those that were used last', () => {
  const pages = createEventPages(3)
  pages.put(events(1, eventsPerPage))
  for (let page = 1; page < 40; page += 1) {
    pages.put(events(page * eventsPerPage + 1, (page + 1) * eventsPerPage))
    pages.touch(1)
    expect(pages.count()).toBeLessThanOrEqual(3 * eventsPerPage)
  }
  expect(pages.get(1)).toEqual({ seq: 1 })
  expect(pages.get(40 * eventsPerPage)).toEqual({ seq: 40 * eventsPerPage })
  expect(pages.get(20 * eventsPerPage)).toBeUndefined()
})

test('what is missing of a range is its first event that is not here', () => {
  const pages = createEventPages(3)
  pages.put(events(1, 10))
  pages.put(events(13, 20))
  expect(pages.missingIn(1, 10)).toBeNull()
  expect(pages.missingIn(1, 20)).toBe(11)
  expect(pages.missingIn(13, 21)).toBe(21)
})
