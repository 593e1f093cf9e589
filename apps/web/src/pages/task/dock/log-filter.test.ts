import { expect, test } from 'vitest'
import { fitsLogFilter, parseLogFilter } from './log-filter.ts'
import type { LogLine } from './log-line.ts'

const line = (change: Partial<LogLine> = {}): LogLine => ({
  seq: 1,
  atMs: 0,
  level: 'warn',
  stepId: 'step_research',
  tool: 'read_input',
  text: 'Quota exceeded at the provider',
  ...change,
})
const stepOf = (stepId: string) =>
  stepId === 'step_research' ? { number: 14, title: 'Research sources' } : undefined
const fits = (text: string, change: Partial<LogLine> = {}) =>
  fitsLogFilter(line(change), parseLogFilter(text), stepOf)

test('every part of a filter has to fit', () => {
  expect(fits('level:warn step:14 tool:read_input text:"quota exceeded"')).toBe(true)
  expect(fits('level:warn step:13')).toBe(false)
  expect(fits('quota research')).toBe(true)
  expect(fits('quota weather')).toBe(false)
})

test('a level means itself and what is worse', () => {
  expect(fits('level:warn', { level: 'error' })).toBe(true)
  expect(fits('level:warn', { level: 'info' })).toBe(false)
})

test('a step is found by id, by number and by a part of its title', () => {
  for (const name of ['step_research', 'research', '14', 'sources'])
    expect(fits(`step:${name}`)).toBe(true)
  expect(fits('step:1')).toBe(false)
})

test('an unknown key is searched as a word instead of hiding everything', () => {
  expect(fits('level:loud', { text: 'loud and clear' })).toBe(true)
  expect(parseLogFilter('level:loud').noLevel).toBe('loud')
  expect(parseLogFilter('level:warn loud').noLevel).toBeNull()
})

test('a tool is found by how its name begins, and what is of no tool is not', () => {
  expect(fits('tool:read', { tool: 'read_input' })).toBe(true)
  expect(fits('tool:input', { tool: 'read_input' })).toBe(false)
  expect(fits('tool:read', { tool: null })).toBe(false)
})
