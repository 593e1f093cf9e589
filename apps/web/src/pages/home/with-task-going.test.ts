import { TaskLine } from '@maestro/contracts/gateway/http-task'
import { expect, test } from 'vitest'
import { withTaskGoing } from './with-task-going.ts'

const line = (taskId: string, seq: number, endedAt: string | null = null): TaskLine =>
  TaskLine.parse({
    taskId,
    seq,
    status: endedAt === null ? 'running' : 'succeeded',
    title: 'A goal',
    stepsDone: 0,
    stepsTotal: 3,
    openApprovals: 0,
    costUsd: '0.1',
    limitUsd: null,
    rehearsal: false,
    createdAt: '2026-03-01T10:00:00.000Z',
    updatedAt: '2026-03-01T10:00:00.000Z',
    endedAt,
  })

test('a row is written anew where it stands, and never with older news', () => {
  const going = [line('task_b', 4), line('task_a', 7)]
  const { going: after, moves } = withTaskGoing(going, line('task_b', 9))
  expect(after.map(({ seq }) => seq)).toEqual([9, 7])
  expect(moves).toBe(false)
  expect(withTaskGoing(going, line('task_a', 6)).going).toBe(going)
})

test('a task that has ended keeps its row until the list is read again, which is said', () => {
  const { going, moves } = withTaskGoing(
    [line('task_a', 7)],
    line('task_a', 8, '2026-03-01T10:05:00.000Z'),
  )
  expect(going.map(({ status }) => status)).toEqual(['succeeded'])
  expect(moves).toBe(true)
})

test('one that begins asks for the list; one that ended elsewhere does not', () => {
  expect(withTaskGoing([], line('task_a', 1))).toEqual({ going: [], moves: true })
  expect(withTaskGoing([], line('task_a', 9, '2026-03-01T10:05:00.000Z')).moves).toBe(false)
})
