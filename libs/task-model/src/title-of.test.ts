import { expect, test } from 'vitest'
import { titleOf } from './title-of.ts'

test('a title is the first line that says something, without marks of Markdown', () => {
  expect(titleOf('\n\n## Rain   in\tBergen \nand more')).toBe('Rain in Bergen')
  expect(titleOf('###')).toBe('###')
})

test('a long line is cut at a word, to at most 120 characters', () => {
  const title = titleOf('word '.repeat(60))
  expect(title).toMatch(/word…$/)
  expect(title.length).toBeLessThanOrEqual(120)
  expect(titleOf('x'.repeat(500))).toHaveLength(120)
})

test('never holds half of a character or a control character: no database takes them', () => {
  for (const goal of [
    '🌧️'.repeat(100),
    `${'x'.repeat(118)}🌧🌧🌧`,
    'a\u0000b\u0007c',
    'broken \ud83d',
  ]) {
    expect(titleOf(goal).isWellFormed()).toBe(true)
    expect(titleOf(goal)).not.toMatch(/\p{Cc}/u)
  }
})
