import type { TaskEvent } from '@maestro/contracts/task/task-events'
import { expect, test } from 'vitest'
import { quantile, recoveryTimes } from './recovery-times.ts'

const event = (type: string, ms: number) => ({ type, at: new Date(ms).toISOString() }) as TaskEvent

test('a kill counts for tasks at work: not before their birth, after their end, or while they wait for a person', () => {
  const kills = [{ name: 'nats', atMs: 1_000 }]
  const working = [event('TaskCreated', 500), event('StepStarted', 1_700)]
  const later = [event('TaskCreated', 1_200)]
  const ended = [event('TaskCreated', 100), event('TaskSucceeded', 900)]
  const waiting = [event('ApprovalRequested', 800), event('ApprovalDecided', 9_000)]
  expect(recoveryTimes(kills, [working, later, ended, waiting])).toEqual([
    { name: 'nats', ms: 700 },
  ])
})

test('half of the values lie below the median, and none below that of nothing', () => {
  expect(quantile([3, 1, 2], 0.5)).toBe(2)
  expect(quantile([], 0.95)).toBe(0)
})
