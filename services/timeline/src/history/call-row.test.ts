import { expect, test } from 'vitest'
import { againOf } from './call-row.ts'

const asked = (provider: 'groq' | 'gemini', outcome: 'answered' | 'failed' | 'skipped') => ({
  provider,
  model: `${provider}-model`,
  outcome,
})

test('the same model again is a retry, another one a fallback, and one that was passed over is neither', () => {
  const attempts = [
    asked('groq', 'failed'),
    asked('groq', 'failed'),
    asked('gemini', 'skipped'),
    asked('groq', 'failed'),
    asked('gemini', 'answered'),
  ]
  expect(againOf(attempts)).toEqual({ retries: 2, fallbacks: 1 })
})

test('a call that nobody had to be asked for has neither', () => {
  expect(againOf([])).toEqual({ retries: 0, fallbacks: 0 })
})
