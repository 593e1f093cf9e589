import { expect, test } from 'vitest'
import { type Figures, figuresOf, recordRows } from './record-rows.ts'

const writer: Figures = {
  agent: 'writer',
  calls: 4,
  failed: 1,
  reused: 0,
  retries: 2,
  fallbacks: 0,
  lost: 0,
  inputTokens: 1_204,
  outputTokens: 96,
  costUsd: '0.0124',
  latencyMs: 8_000,
}
const told = (figures: Figures) =>
  Object.fromEntries(recordRows.map(([name, of]) => [name, of(figures)]))

test('what is told of an agent is what was counted, the time of one call from that of all', () => {
  expect(told(figuresOf([writer], 'writer'))).toEqual({
    Calls: '4',
    Failed: '1',
    Retries: '2',
    Fallbacks: '0',
    Reused: '0',
    'Tokens in': '1,204',
    'Tokens out': '96',
    Cost: '$0.0124',
    'Time a call': '2.0 s',
  })
})

test('one that was not asked has nothing, and no time of a call', () => {
  const none = told(figuresOf([writer], 'critic'))
  expect(none['Calls']).toBe('0')
  expect(none['Time a call']).toBe('–')
})
