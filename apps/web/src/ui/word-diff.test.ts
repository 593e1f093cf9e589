import fc from 'fast-check'
import { expect, test } from 'vitest'
import { wordDiff } from './word-diff.ts'

const textOf = (parts: ReturnType<typeof wordDiff>, without: 'added' | 'removed') =>
  parts
    .filter(({ kind }) => kind !== without)
    .map(({ text }) => text)
    .join('')

test('a changed word is told as such, and nothing around it', () => {
  expect(wordDiff('Write a short text.', 'Write a long text.')).toEqual([
    { kind: 'same', text: 'Write a ' },
    { kind: 'removed', text: 'short' },
    { kind: 'added', text: 'long' },
    { kind: 'same', text: ' text.' },
  ])
  expect(wordDiff('same', 'same')).toEqual([{ kind: 'same', text: 'same' }])
  expect(wordDiff('', '')).toEqual([])
})

test('both texts can be read from it, whatever they are', () => {
  const words = fc.array(fc.constantFrom('a', 'b', ' ', '.', 'łąka', '\n', '🙂'), { maxLength: 40 })
  const text = fc.oneof(
    words.map((list) => list.join('')),
    fc.string({ unit: 'grapheme' }),
  )
  fc.assert(
    fc.property(text, text, (before, after) => {
      const parts = wordDiff(before, after)
      expect(textOf(parts, 'added')).toBe(before)
      expect(textOf(parts, 'removed')).toBe(after)
    }),
  )
})

test('texts too long to be compared word by word are told as rewritten, at once', () => {
  const long = (word: string) => Array.from({ length: 3_000 }, (_, n) => `${word}${n}`).join(' ')
  const parts = wordDiff(long('a'), long('b'))
  expect(parts.map(({ kind }) => kind)).toEqual(['removed', 'added'])
})
