import type { CallId } from '@maestro/contracts/ids'
import { expect, test } from 'vitest'
import { createDeltaTexts } from './delta-texts.ts'

const callId = 'call_1_a' as CallId
const piece = (from: number, text: string, attempt = 1) => ({ callId, attempt, from, text })

test('[D1] overlapping pieces give the text once', () => {
  const texts = createDeltaTexts()
  texts.take(piece(0, 'Hello'))
  texts.take(piece(3, 'lo wor'))
  texts.take(piece(0, 'Hello'))
  expect(texts.get(callId)).toBe('Hello wor')
})

test('[D2] a missed piece tears the text instead of gluing words together', () => {
  const texts = createDeltaTexts()
  texts.take(piece(0, 'Hello'))
  texts.take(piece(9, 'd!'))
  texts.take(piece(11, ' More'))
  expect(texts.get(callId)).toBe('Hello')
  expect(texts.isTorn(callId)).toBe(true)
  texts.take(piece(0, 'Hello wold! More'))
  expect(texts.get(callId)).toBe('Hello wold! More')
  expect(texts.isTorn(callId)).toBe(false)
})

test('[D3] the next attempt starts from nothing, and a late piece of the old one is dropped', () => {
  const texts = createDeltaTexts()
  texts.take(piece(0, 'Wrong'))
  texts.take(piece(0, 'Right', 2))
  texts.take(piece(5, ' way'))
  expect(texts.get(callId)).toBe('Right')
})

test('only the watchers of changed calls are told, once per flush', () => {
  const texts = createDeltaTexts()
  let told = 0
  texts.watch(callId, () => (told += 1))
  texts.watch('call_1_b', () => (told += 100))
  texts.take(piece(0, 'a'))
  texts.take(piece(1, 'b'))
  texts.flush()
  texts.flush()
  expect(told).toBe(1)
})
