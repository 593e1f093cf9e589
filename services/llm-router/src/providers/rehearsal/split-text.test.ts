import { expect, test } from 'vitest'
import { splitText } from './split-text.ts'

test('the pieces are the text, few, and well-formed each', () => {
  for (const text of [
    '',
    'short',
    'x'.repeat(10_000),
    '😀'.repeat(5_000),
    `a${'😀'.repeat(777)}`,
  ]) {
    const pieces = splitText(text, { piecesMax: 40, charactersMin: 24 })
    expect(pieces.join('')).toBe(text)
    expect(pieces.length).toBeLessThanOrEqual(40)
    expect(pieces.every((piece) => piece !== '' && piece.isWellFormed())).toBe(true)
  }
})
