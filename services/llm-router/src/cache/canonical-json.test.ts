import { expect, test } from 'vitest'
import { canonicalJson } from './canonical-json.ts'

test('the order of members makes no difference, at any depth; the order of items does', () => {
  const one = { b: [{ y: 1, x: { d: null, c: 'ü' } }], a: true }
  const other = { a: true, b: [{ x: { c: 'ü', d: null }, y: 1 }] }
  expect(canonicalJson(one)).toBe(canonicalJson(other))
  expect(canonicalJson(['a', 'b'])).not.toBe(canonicalJson(['b', 'a']))
})

test('it is JSON of the same value', () => {
  const value = { z: 1, __proto__: undefined, list: [1, { b: 'x', a: [] }], text: '"\n' }
  expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)))
})
