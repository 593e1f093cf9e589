import { parseFilter } from '@maestro/contracts/timeline/search-filter'
import fc from 'fast-check'
import { expect, test } from 'vitest'

const names = { kind: ['task', 'budget'], type: null, step: null }
const read = (text: string) => parseFilter(text, names)

test('reads words, beginnings, phrases, facets, and what is excluded', () => {
  expect(read(' rate limit* -"used up" type:StepFailed -step:"draw" ')).toEqual({
    terms: [
      { kind: 'word', name: '', value: 'rate', isNot: false },
      { kind: 'prefix', name: '', value: 'limit', isNot: false },
      { kind: 'phrase', name: '', value: 'used up', isNot: true },
      { kind: 'is', name: 'type', value: 'StepFailed', isNot: false },
      { kind: 'is', name: 'step', value: 'draw', isNot: true },
    ],
  })
})

test.each([
  ['ok "never closed', 3, 'never closed'],
  ['ok colour:red', 3, 'there are kind, type, step'],
  ['type:', 0, 'type:value'],
  ['x kind:(', 2, 'there are task, budget'],
  ['constructor:x', 0, 'there are kind, type, step'],
  ['good type:"" bad', 5, 'type:value'],
  ['ok ***', 3, 'no word'],
  ['a b*', 2, 'at least 2'],
  ['ok "one"two', 8, 'space'],
  ['- x', 0, 'no word'],
  ['a '.repeat(30), 40, 'at most 20'],
])('%s is broken at %i', (text, at, reason) => {
  expect(read(text)).toMatchObject({
    problem: { at, reason: expect.stringContaining(reason) },
  })
})

test('whatever is typed is read or refused with a place in it, and nothing is lost', () =>
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
      const found = read(text)
      if ('problem' in found) expect(found.problem.at).toBeLessThanOrEqual(text.length)
      else expect(found.terms.length > 0).toBe(text.trim() !== '')
    }),
    { numRuns: 300 },
  ))
