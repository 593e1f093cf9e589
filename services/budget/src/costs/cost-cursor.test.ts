import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readCursor, writeCursor } from './cost-cursor.ts'

const question = { by: ['userId' as const, 'day' as const], order: 'cost' as const }

test('a cursor says the place that it was written for, whatever its names are', () => {
  const name = fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0'))
  fc.assert(
    fc.property(fc.nat(), name, name, (costNanoUsd, key1, key2) => {
      const place = { costNanoUsd, key1, key2 }
      expect(readCursor(question, writeCursor(question, place))).toEqual(place)
    }),
  )
})

test('what is no cursor, and one of another question, is refused with what to do', () => {
  const cursor = writeCursor(question, { costNanoUsd: 1, key1: 'anna', key2: '2026-11-01' })
  const refusal = expect.objectContaining({
    code: 'INVALID_INPUT',
    details: { reason: expect.stringContaining('nextCursor of the page before') },
  })
  expect(() => readCursor({ ...question, order: 'key' }, cursor)).toThrow(refusal)
  expect(() => readCursor({ ...question, by: ['userId'] }, cursor)).toThrow(refusal)
  const zero = Buffer.from(JSON.stringify(['cost', 'userId,day', 1, '\0', ''])).toString(
    'base64url',
  )
  for (const broken of ['', 'x', cursor.slice(2), 'bnVsbA', '🤷', zero])
    expect(() => readCursor(question, broken)).toThrow(refusal)
})
