import { expect, test } from 'vitest'
import { fieldText } from './field-text.ts'

test('whatever a field holds can be compared as a text', () => {
  expect(fieldText(undefined)).toBe('')
  expect(fieldText('as it is')).toBe('as it is')
  expect(fieldText(['step_a', 'step_b'])).toBe('step_a\nstep_b')
  expect(fieldText({ format: 'json' })).toBe('{\n  "format": "json"\n}')
  expect(fieldText([{ list: 1 }])).toContain('"list": 1')
  expect(fieldText(3)).toBe('3')
})
