import { AppError } from '@maestro/contracts/errors'
import { TaskId } from '@maestro/contracts/ids'
import type { Call } from '@maestro/service-kit/call'
import { createLogger } from '@maestro/service-kit/logger'
import { expect, test, vi } from 'vitest'
import { startFillingFromTasks } from './fill-from-tasks.ts'

const log = createLogger({ service: 'timeline', copy: 'test', level: 'silent' })
const taskIds = ['task_a', 'task_b', 'task_c', 'task_d']
const pages = [taskIds.slice(0, 2), taskIds.slice(2)]

/** Fills from two pages of tasks, of which some cannot be read at first. */
const filled = async (errors: Record<string, unknown>) => {
  const read: string[] = []
  const marked: string[] = []
  let asked = 0
  const call = (async (_endpoint: unknown, { cursor }: { cursor: string | null }) => {
    const page = Number(cursor ?? 0)
    asked += 1
    return {
      items: pages[page]?.map((taskId) => ({ taskId, seq: 1 })),
      nextCursor: page === 0 ? '1' : null,
    }
  }) as unknown as Call
  const filling = startFillingFromTasks({
    marks: {
      has: async () => false,
      set: async (mark) => {
        marked.push(mark)
      },
    },
    call,
    catchUp: async (taskId) => {
      const error = errors[taskId]
      if (error instanceof AppError && error.retry) delete errors[taskId]
      if (error !== undefined) throw error
      read.push(TaskId.parse(taskId))
      return { head: 1, newest: 1 }
    },
    log,
  })
  await vi.waitFor(() => expect(read.at(-1)).toBe('task_d'), { timeout: 10_000 })
  await vi.waitFor(() => expect(asked).toBeGreaterThan(1))
  await filling.stop()
  return { read, marked, asked }
}

test('one task that cannot be read keeps no other from it, and is tried again at the next start', async () => {
  const { read, marked, asked } = await filled({ task_b: new AppError('INTERNAL') })
  expect(read).toEqual(['task_a', 'task_c', 'task_d'])
  expect(marked).toEqual([])
  expect(asked).toBe(2)
})

test('one that is gone is no failure', async () => {
  const { read, marked } = await filled({ task_c: new AppError('NOT_FOUND') })
  expect(read).toEqual(['task_a', 'task_b', 'task_d'])
  expect(marked).toEqual(['tasks'])
})
