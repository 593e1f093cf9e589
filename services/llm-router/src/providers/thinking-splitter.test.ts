import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createThinkingSplitter } from './thinking-splitter.ts'

const split = (pieces: readonly string[]) => {
  const said = { text: '', reasoning: '' }
  const splitter = createThinkingSplitter((kind, text) => {
    said[kind] += text
  })
  for (const piece of pieces) splitter.write(piece)
  splitter.end()
  return said
}

test.each([
  ['plain text', { text: 'plain text', reasoning: '' }],
  ['<think>a</think>b', { text: 'b', reasoning: 'a' }],
  ['\n<think>\na\n</think>\n\nb', { text: 'b', reasoning: '\na\n' }],
  ['about <think>tags</think>', { text: 'about <think>tags</think>', reasoning: '' }],
  ['<think>never closed', { text: '', reasoning: 'never closed' }],
  ['<thi', { text: '<thi', reasoning: '' }],
  ['', { text: '', reasoning: '' }],
])('parts %j', (whole, expected) => {
  expect(split([whole])).toEqual(expected)
})

test('parts the same, wherever the text is cut', () => {
  const piece = fc.constantFrom('<think>', '</think>', '<', 'think', '>', '</', 'a', '\n', ' b ')
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const whole = pieces.join('')
      expect(split(pieces)).toEqual(split([whole]))
      expect(split(whole.split(''))).toEqual(split([whole]))
    }),
  )
})
