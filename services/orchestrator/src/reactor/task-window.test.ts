import { TaskId } from '@maestro/contracts/ids'
import { expect, test } from 'vitest'
import { createTaskWindow } from './task-window.ts'

const [large, small] = [TaskId.parse('task_large'), TaskId.parse('task_small')]

test('a thousand calls of one task leave room for those of another: they start at once', async () => {
  const inWindow = createTaskWindow(32)
  const gate = Promise.withResolvers<void>()
  const started: TaskId[] = []
  const call = (taskId: TaskId) =>
    inWindow(taskId, async () => {
      started.push(taskId)
      await gate.promise
    })
  const calls = Array.from({ length: 1_000 }, () => call(large))
  await expect.poll(() => started.length).toBe(32)
  calls.push(...Array.from({ length: 5 }, () => call(small)))
  await expect.poll(() => started.filter((taskId) => taskId === small).length).toBe(5)
  expect(started).toHaveLength(37)
  gate.resolve()
  await Promise.all(calls)
  expect(started).toHaveLength(1_005)
})

test('a window that was left by all is as good as new, also after a failure', async () => {
  const inWindow = createTaskWindow(1)
  await expect(inWindow(large, () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  await expect(inWindow(large, async () => 'yes')).resolves.toBe('yes')
})
