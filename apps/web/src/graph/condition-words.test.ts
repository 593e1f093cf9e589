import { expect, test } from 'vitest'
import { conditionWords, namesReadBy } from './condition-words.ts'

test('a condition is told in few words, without what every one of them has', () => {
  expect(conditionWords('outputs.check.ok && outputs["sum-up"].n >= 3')).toBe(
    'if check.ok and sum-up…',
  )
  expect(conditionWords('!outputs.check.ok')).toBe('if not check.ok')
  expect(conditionWords('outputs.a != "x"')).toBe('if a ≠ "x"')
})

test('however long it is, it fits between two cards', () => {
  expect(conditionWords('outputs.a == 1 || '.repeat(50)).length).toBeLessThanOrEqual(23)
})

test('what it reads is known by name; where it names nothing, that may be everything', () => {
  expect([...(namesReadBy('outputs.a > 1 && outputs["b-c"] == "outputs"') ?? [])]).toEqual([
    'a',
    'b-c',
  ])
  expect(namesReadBy('size(outputs) > 1')).toBeNull()
})
