import { taskEventSubject } from '@maestro/contracts/bus/subjects'
import { AppError } from '@maestro/contracts/errors'
import type { TaskId } from '@maestro/contracts/ids'
import { getTaskEvents } from '@maestro/contracts/task/task-endpoints'
import { createLogger } from '@maestro/service-kit/logger'
import type { NatsConnection } from '@maestro/service-kit/nats'
import { newTaskId } from '@maestro/service-kit/new-id'
import { implement, serve } from '@maestro/service-kit/serve'
import { benchEvent } from './bench-event.ts'

/** As the live feed's own catching up: it asks for what follows its head, which is nothing here. */
const noEvents = (head: number) => ({ events: [], head })

/** One task whose events come as fast as is wanted: they are not decided and not stored, so that only their way to viewers is measured. */
export const startEventSource = async (nats: NatsConnection) => {
  const taskId: TaskId = newTaskId()
  let seq = 0
  const log = createLogger({ service: 'orchestrator', copy: 'bench', level: 'silent' })
  const served = await serve({ nats, log, service: 'orchestrator', version: '0.1.0' }, [
    implement(getTaskEvents, async (input) => {
      if (input.taskId !== taskId)
        throw new AppError('NOT_FOUND', { kind: 'task', taskId: input.taskId })
      return noEvents(Math.min(seq, input.after))
    }),
  ])
  return {
    taskId,
    happen: () => {
      seq += 1
      nats.publish(taskEventSubject(taskId), JSON.stringify(benchEvent(taskId, seq)))
    },
    seq: () => seq,
    stop: () => served.stop(),
  }
}
