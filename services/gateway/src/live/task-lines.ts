import { inUsd } from '@maestro/contracts/gateway/in-usd'
import type { TaskId } from '@maestro/contracts/ids'
import { getTaskSummaries, summariesPerReadMax } from '@maestro/contracts/task/task-endpoints'
import type { Call } from '@maestro/service-kit/call'
import type { Logger } from '@maestro/service-kit/logger'
import { writeMessage } from './live-message.ts'
import type { Topics } from './topics.ts'

/** The topic `tasks`: a task's line after it has changed. Many changes of one task within a moment are one line, and the last one is always told. */
export type TaskLines = { touch: (taskId: TaskId) => void; close: () => void }

const everyMs = 250
const retryMs = 1_000

export const createTaskLines = ({
  topics,
  call,
  log,
}: {
  topics: Topics
  call: Call
  log: Logger
}): TaskLines => {
  const touched = new Set<TaskId>()
  let timer: NodeJS.Timeout | null = null
  let reading = false
  let readAt = 0

  const schedule = (afterMs: number) => {
    if (touched.size === 0 || reading) return
    timer ??= setTimeout(() => void tell(), afterMs)
  }

  const tell = async () => {
    timer = null
    reading = true
    readAt = performance.now()
    // Touched again while they are read: they come again.
    const taskIds = [...touched].slice(0, summariesPerReadMax)
    for (const taskId of taskIds) touched.delete(taskId)
    let nextMs = everyMs
    try {
      const { items } = await call(getTaskSummaries, { taskIds })
      for (const item of items) {
        topics.tell('tasks', writeMessage({ op: 'task', topic: 'tasks', task: inUsd(item) }))
      }
    } catch (error) {
      log.debug({ err: error }, 'lines of tasks cannot be read yet')
      for (const taskId of taskIds) touched.add(taskId)
      nextMs = retryMs
    }
    reading = false
    if (topics.isWatched('tasks')) schedule(nextMs)
    else touched.clear()
  }

  return {
    touch: (taskId) => {
      if (!topics.isWatched('tasks')) return
      touched.add(taskId)
      schedule(Math.max(0, readAt + everyMs - performance.now()))
    },
    close: () => {
      if (timer !== null) clearTimeout(timer)
    },
  }
}
