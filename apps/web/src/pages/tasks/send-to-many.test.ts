import type { TaskLine } from '@maestro/contracts/gateway/http-task'
import { TaskId } from '@maestro/contracts/ids'
import { expect, test } from 'vitest'
import { sendToMany } from './send-to-many.ts'

const lines = Array.from({ length: 30 }, (_, index): TaskLine => ({
  taskId: TaskId.parse(`task_${index}`),
  seq: 1,
  status: 'running',
  title: `Goal ${index}`,
  stepsDone: 0,
  stepsTotal: 1,
  openApprovals: 0,
  costUsd: '0',
  limitUsd: null,
  rehearsal: true,
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-01T00:00:00.000Z',
  endedAt: null,
}))

test('every task is asked once, few at the same time, and each that refuses is named', async () => {
  const asked: string[] = []
  let now = 0
  let most = 0
  const refusals = await sendToMany(lines, async ({ taskId }) => {
    asked.push(taskId)
    most = Math.max(most, (now += 1))
    await new Promise((resolve) => setTimeout(resolve, 1))
    now -= 1
    if (/[37]$/.test(taskId)) throw new Error('it has ended')
  })
  expect(asked).toEqual(lines.map(({ taskId }) => taskId))
  expect(most).toBeLessThanOrEqual(4)
  expect(refusals.map(({ title }) => title).toSorted()).toEqual(
    [3, 7, 13, 17, 23, 27].map((index) => `Goal ${index}`).toSorted(),
  )
  expect(new Set(refusals.map(({ message }) => message))).toEqual(new Set(['it has ended']))
})
