import { expect, test } from 'vitest'
import { fieldName, fieldWords } from './field-words.ts'

test('what a version changed is told in words, not in the names of its fields', () => {
  expect(fieldName('caps')).toBe('limits')
  expect(fieldName('prompt')).toBe('prompt')
  expect(fieldWords('gate', true)).toBe('A person is asked before it begins.')
  expect(fieldWords('gate', undefined)).toBe('')
  expect(fieldWords('caps', { durationMs: 1_200_000, turnsMax: 8 })).toBe(
    'at most 8 turns of an attempt\nat most 20 m 0 s',
  )
  expect(fieldWords('caps', undefined)).toBe('')
  expect(fieldWords('caps', 'not a limit')).toBe('not a limit')
  expect(fieldWords('needs', ['step_a', 'step_b'])).toBe('step_a\nstep_b')
})
