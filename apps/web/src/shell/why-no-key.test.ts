import { expect, test } from 'vitest'
import { defaultKeys, isKeyAction, type KeyAction } from './default-keys.ts'
import { type OwnKeys } from './key-of.ts'
import { readOwnKeys } from './read-own-keys.ts'
import { whyNoKey } from './why-no-key.ts'

const why = (action: KeyAction, typed: string, own: OwnKeys = {}) =>
  whyNoKey({ action, typed, own, wordsOf: (other) => other })

test('the keys that the console comes with are in nobody’s way', () => {
  for (const [action, key] of Object.entries(defaultKeys))
    expect(isKeyAction(action) && why(action, key)).toBeNull()
})

test('a key that does something else already is refused, and so is one that begins another or is begun by one', () => {
  expect(why('hold', 'L')).toBe('L is the key of “live”.')
  expect(why('hold', 'g')).toBe('G begins G O, the keys of “home”.')
  expect(why('hold', 'p q')).toBeNull()
  expect(why('live', 'p q')).toBe('It would begin with P, the key of “hold”.')
  expect(why('hold', 'f')).toBe('F fits the graph while it has the focus.')
})

test('what somebody gave up is free, what they chose is not', () => {
  const own = { live: 'z' }
  expect(why('hold', 'l', own)).toBeNull()
  expect(why('hold', 'z', own)).toBe('Z is the key of “live”.')
})

test('what is no key is refused; what goes back with Shift has to be a letter', () => {
  expect(why('hold', ' ')).toMatch(/^Type one character/)
  expect(why('hold', 'abc')).toMatch(/^Type one character/)
  expect(why('next-change', ';')).toMatch(/^It has to be a letter/)
  expect(why('next-change', 'ё')).toBeNull()
})

test('a storage with nonsense in it leaves the rest', () => {
  expect(readOwnKeys('{"live":"z","hold":7,"gone":"q","help":"a b c","status":"G U"}')).toEqual({
    live: 'z',
  })
  for (const text of [null, '', '[]', 'null', '7', '{']) expect(readOwnKeys(text)).toEqual({})
})
