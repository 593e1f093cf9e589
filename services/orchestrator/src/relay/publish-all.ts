import type { TaskId } from '@maestro/contracts/ids'
import type { OutageLog } from '@maestro/service-kit/outage-log'
import { UnreadableEvents } from '../store/unreadable-events.ts'
import type { PassedOver } from './passed-over.ts'

/** Tasks whose events are published at the same time. */
const tasksAtOnceMax = 128
/** Beyond a few it is the bus that fails, not a task: waiting for all the others would only take long. */
const failuresMax = 3

/** What is to be published of a task, up to which event. */
export type Publishing = { taskId: TaskId; head: number; publish: () => Promise<void> }

/** Publishes tasks side by side. One that cannot be read holds up no other: it is noted, and leaves when it can be. */
export const createPublishAll =
  ({
    passedOver,
    reading,
    isOverdue,
  }: {
    passedOver: Pick<PassedOver, 'note'>
    reading: Pick<OutageLog, 'failed'>
    /** What is left stays where it is. */
    isOverdue: () => boolean
  }) =>
  async (tasks: readonly Publishing[]): Promise<void> => {
    const queue = [...tasks]
    const errors: unknown[] = []

    const publishOne = async ({ taskId, head, publish }: Publishing) => {
      try {
        await publish()
      } catch (error) {
        if (!(error instanceof UnreadableEvents)) throw error
        reading.failed(error)
        await passedOver.note(taskId, head)
      }
    }
    const publishNext = async () => {
      for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
        if (errors.length >= failuresMax || isOverdue()) return
        await publishOne(next).catch((error: unknown) => errors.push(error))
      }
    }
    await Promise.all(Array.from({ length: Math.min(tasksAtOnceMax, queue.length) }, publishNext))
    if (errors.length > 0) throw errors[0]
  }
