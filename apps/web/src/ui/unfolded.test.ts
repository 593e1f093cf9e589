import { expect, test } from 'vitest'
import { jsonRows } from './json-rows.ts'
import { unfolded } from './unfolded.ts'

const mail = { to: ['ada@example.org'], body: { text: `Dear Ada,\n${'all of it '.repeat(20)}` } }

test('everything is seen: fields within fields, and long texts line by line', () => {
  const rows = jsonRows(mail, unfolded(mail))
  expect(rows.every(({ canOpen, isOpen }) => isOpen || !canOpen)).toBe(true)
  expect(rows.some(({ kind, text }) => kind === 'line' && text.startsWith('Dear Ada'))).toBe(true)
})

test('what nobody reads to its end is not unfolded without one', () => {
  const deep = Array.from({ length: 300 }, () => ({ a: { b: [1, 2, 3] } }))
  expect(unfolded(deep).size).toBeLessThan(700)
})
