import { expect, test } from 'vitest'
import { paletteMatches } from '../../shell/palette/palette-matches.ts'
import { eventItem } from './event-item.ts'

const goneTo = (typed: string): number | null => {
  let gone: number | null = null
  const [found] = paletteMatches([eventItem(typed, 980, (seq) => (gone = seq))], typed)
  if (found !== undefined && (found.unavailable ?? null) === null) found.run()
  return gone
}

test('a number leads to its event, with the word before it or without', () => {
  expect(goneTo('412')).toBe(412)
  expect(goneTo('event 412')).toBe(412)
})

test('what is no event of this task leads nowhere, and says what would', () => {
  for (const typed of ['0', '981', 'event', 'event soon']) expect(goneTo(typed)).toBeNull()
  expect(eventItem('event', 980, () => {}).unavailable).toContain('1 to 980')
  expect(eventItem('981', 980, () => {}).unavailable).toContain('980')
})
