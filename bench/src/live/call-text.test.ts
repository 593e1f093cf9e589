import { expect, test } from 'vitest'
import { withPiece } from './call-text.ts'

test('pieces follow each other, a repeated one changes nothing, and a new attempt begins anew', () => {
  const one = withPiece(undefined, { attempt: 1, from: 0, text: 'It ' })
  const two = withPiece(one ?? undefined, { attempt: 1, from: 3, text: 'rains.' })
  expect(two).toEqual({ attempt: 1, text: 'It rains.' })
  expect(withPiece(two ?? undefined, { attempt: 1, from: 0, text: 'It rains.' })).toEqual(two)
  expect(withPiece(two ?? undefined, { attempt: 2, from: 0, text: 'Sun' })).toEqual({
    attempt: 2,
    text: 'Sun',
  })
  expect(withPiece({ attempt: 2, text: 'Sun' }, { attempt: 1, from: 9, text: '!' })).toEqual({
    attempt: 2,
    text: 'Sun',
  })
})

test('a piece beyond the end is a gap', () => {
  expect(withPiece(undefined, { attempt: 1, from: 1, text: 'x' })).toBeNull()
})
