import { expect, test } from 'vitest'
import { checkJson } from './check-json.ts'

test.each([
  ['a NUL character', { goal: 'a\0b' }, 'goal'],
  ['half of a surrogate pair', { inputs: [{ text: 'a\ud800' }] }, 'inputs[0].text'],
  ['an odd field name', { options: { 'a\0': 1 } }, 'options'],
  ['__proto__', JSON.parse('{"options":{"__proto__":{"a":1}}}'), 'options'],
])('finds %s and says where', (_what, value, path) => {
  expect(checkJson(value)).toMatchObject({ path })
})

test('refuses nesting without end, without running out of stack', () => {
  expect(checkJson(JSON.parse('['.repeat(200_000) + ']'.repeat(200_000)))?.reason).toContain(
    'deeper',
  )
})

test('takes all other JSON', () => {
  expect(checkJson({ goal: 'ä 😀 \n', list: [1, null, true, { a: [] }] })).toBeNull()
  expect(checkJson(7)).toBeNull()
})
