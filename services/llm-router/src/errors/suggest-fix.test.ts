import { expect, test } from 'vitest'
import { failureRules } from '../strategy/failure-rules.ts'
import { ReportedClass } from '@maestro/contracts/llm/error-endpoints'
import { suggestFix } from './suggest-fix.ts'

const cause = {
  failureClass: 'network',
  provider: 'groq',
  model: 'm',
  status: null,
  code: null,
  timeoutKind: null,
  message: '',
} as const

test('says as exactly as the context allows what to do', () => {
  expect(suggestFix({ ...cause, failureClass: 'auth', status: 401 })).toContain('GROQ_API_KEY')
  expect(suggestFix({ ...cause, failureClass: 'auth', status: 402 })).toContain('bill')
  expect(suggestFix({ ...cause, failureClass: 'not_found', provider: 'ollama' })).toContain(
    'ollama pull m',
  )
  expect(
    suggestFix({ ...cause, provider: 'ollama', message: 'The connection failed (ECONNREFUSED).' }),
  ).toContain('OLLAMA_BASE_URL')
  expect(
    suggestFix({
      ...cause,
      failureClass: 'timeout',
      provider: 'ollama',
      timeoutKind: 'first_token',
    }),
  ).toContain('loaded')
})

test('has a word for every class', () => {
  for (const failureClass of ReportedClass.options) {
    const said = suggestFix({ ...cause, failureClass, provider: null, model: null })
    expect(said.length, failureClass).toBeGreaterThan(5)
    expect(said).not.toContain('null')
  }
  expect(suggestFix({ ...cause, failureClass: 'overloaded' })).toBe(failureRules.overloaded.advice)
})
