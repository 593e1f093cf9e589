import { expect, test } from 'vitest'
import { progressLine } from './progress.ts'

test('one thing is one line, and times stand below each other', () => {
  const lines = [
    progressLine('Postgres 18.4', '127.0.0.1:23511', 612),
    progressLine('orchestrator-1', '', 11_240),
  ]
  expect(lines).toEqual([
    '  Postgres 18.4   127.0.0.1:23511                     0.6 s',
    '  orchestrator-1                                     11.2 s',
  ])
})
