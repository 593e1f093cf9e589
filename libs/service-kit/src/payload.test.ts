import { expect, test } from 'vitest'
import { payloadOf, previewOf } from './payload.ts'

test('a preview is one short line', () => {
  expect(previewOf('  # A title\n\n\ta \r\n text ')).toBe('# A title a text')
  const preview = previewOf('word '.repeat(1_000))
  expect(preview).toHaveLength(160)
  expect(preview.endsWith('…')).toBe(true)
})

test('a preview holds nothing that a database or a terminal refuses', () => {
  expect(previewOf('a\0b\u001b[31mc\u0085d')).toBe('a b [31mc d')
  // Cut in the middle of a character of two units, wherever that is.
  for (let length = 0; length < 700; length += 1) {
    expect(previewOf(`${'x'.repeat(length)}${'😀'.repeat(400)}`).isWellFormed()).toBe(true)
    expect(previewOf(`${' '.repeat(length)}${'😀'.repeat(400)}`).isWellFormed()).toBe(true)
  }
})

test('the address of a content is its hash: the same text is the same payload', () => {
  const [one, two] = ['a', 'a'].map((text) => payloadOf('orchestrator', text, 'text/plain').ref)
  expect(one).toEqual(two)
  expect(one?.sha256).toBe('ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb')
  expect(payloadOf('orchestrator', 'ü', 'text/plain').ref.bytes).toBe(2)
})
