import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sha256Of } from './sha256-of.ts'

test('the hash of any text is the one that everybody else computes', () =>
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
      expect(sha256Of(text)).toBe(createHash('sha256').update(text).digest('hex'))
    }),
  ))
