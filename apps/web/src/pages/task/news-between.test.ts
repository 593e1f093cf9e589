import type { BornTask } from '@maestro/task-model/task'
import { expect, test } from 'vitest'
import { newsBetween } from './news-between.ts'

const task = (seq: number, statuses: readonly string[], change: object = {}): BornTask =>
  ({
    seq,
    status: 'running',
    steps: Object.fromEntries(statuses.map((status, index) => [`step_${index}`, { status }])),
    approvals: {},
    ...change,
  }) as unknown as BornTask

test('many changes are one sentence', () => {
  const before = task(4, ['done', 'running', 'running', 'running'])
  const after = task(9, ['done', 'done', 'done', 'failed'], { status: 'failed' })
  expect(newsBetween(before, after).polite).toBe(
    '2 steps finished, 1 failed. The task is now: failed.',
  )
})

test('what was skipped is said', () => {
  const before = task(4, ['running', 'not-ready', 'queued'])
  expect(newsBetween(before, task(9, ['done', 'skipped', 'skipped'])).polite).toBe(
    '1 step finished, 2 skipped.',
  )
  expect(newsBetween(before, task(9, ['running', 'skipped', 'queued'])).polite).toBe(
    '1 step skipped.',
  )
})

test('nothing is said when nothing that matters has changed', () => {
  const before = task(4, ['running'])
  expect(newsBetween(before, task(6, ['running']))).toEqual({ polite: '', assertive: '' })
})

test('a question to the person is said at once, and only when it is new', () => {
  const asking = { approvals: { apr_1: { approvalId: 'apr_1', status: 'open', ask: 'Run it?' } } }
  const before = task(4, [])
  const after = task(5, [], { ...asking, status: 'awaiting-approval' })
  expect(newsBetween(before, after).assertive).toBe('Needs you: Run it?')
  expect(newsBetween(after, task(6, [], { ...asking })).assertive).toBe('')
})
