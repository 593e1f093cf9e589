import { expect, test } from 'vitest'
import { holdsTypedText } from './holds-typed-text.ts'

test('words in a field are typed text; a search, a choice and an empty field are not', () => {
  expect(holdsTypedText([{ type: 'textarea', value: 'Count the rain' }])).toBe(true)
  expect(holdsTypedText([{ type: 'text', value: ' ' }])).toBe(false)
  expect(
    holdsTypedText([
      { type: 'search', value: 'rain' },
      { type: 'radio', value: 'at-once' },
    ]),
  ).toBe(false)
})
