import { TaskLine } from '@maestro/contracts/gateway/http-task'
import { expect, test } from 'vitest'
import { withTaskLine } from './task-line-changes.ts'

const at = '2026-01-01T00:00:00.000Z'
const line = (taskId: string, change: Partial<Record<keyof TaskLine, unknown>> = {}) =>
  TaskLine.parse({
    taskId,
    seq: 5,
    status: 'running',
    title: 'Compare grid tariffs',
    stepsDone: 0,
    stepsTotal: 4,
    openApprovals: 0,
    costUsd: '0',
    limitUsd: null,
    rehearsal: false,
    createdAt: at,
    updatedAt: at,
    endedAt: null,
    ...change,
  })
const pages = [{ items: [line('task_a'), line('task_b')], nextCursor: null }]

test('a changed line is written into its row, in place', () => {
  const changed = withTaskLine(pages, line('task_b', { seq: 6, stepsDone: 1 }), {})
  expect(changed.moves).toBe(false)
  expect(changed.pages[0]?.items.map(({ taskId, stepsDone }) => [taskId, stepsDone])).toEqual([
    ['task_a', 0],
    ['task_b', 1],
  ])
})

test('an older line does not undo a newer one', () => {
  expect(withTaskLine(pages, line('task_a', { seq: 4, stepsDone: 3 }), {}).pages).toBe(pages)
})

test('a row that no longer fits the filter stays until the list is read again', () => {
  const changed = withTaskLine(pages, line('task_a', { seq: 9, status: 'failed' }), {
    status: 'running',
  })
  expect(changed.moves).toBe(true)
  expect(changed.pages[0]?.items[0]?.status).toBe('failed')
})

test('a new task counts only where the filter would show it', () => {
  expect(withTaskLine(pages, line('task_c'), { q: 'GRID compare' }).moves).toBe(true)
  expect(withTaskLine(pages, line('task_c'), { q: 'weather' }).moves).toBe(false)
})
