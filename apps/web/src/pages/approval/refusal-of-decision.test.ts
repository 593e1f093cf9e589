import { AppError } from '@maestro/contracts/errors'
import { expect, test } from 'vitest'
import { refusalOfDecision } from './refusal-of-decision.ts'

test('a decision that came second hears whose was first, when and why', () => {
  const words = refusalOfDecision(
    new AppError('APPROVAL_DECIDED', {
      status: 'redraft',
      decidedBy: 'grace',
      decidedAt: '2026-01-01T12:00:00.000Z',
      reason: 'too long',
    }),
  )
  expect(words).toMatch(/sent back for another draft by grace, .*2026.*: “too long”/)
})

test('what nobody decided names nobody', () => {
  const words = refusalOfDecision(new AppError('APPROVAL_DECIDED', { status: 'expired' }))
  expect(words).toContain('expired, as nobody had decided.')
})

test('every other refusal keeps its own words', () => {
  const error = new AppError('SEQ_CONFLICT')
  expect(refusalOfDecision(error)).toBe(error.message)
})
