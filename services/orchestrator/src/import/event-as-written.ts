import { Actor } from '@maestro/contracts/actor'
import type { CloudEvent } from '@maestro/contracts/bus/cloud-event'
import type { TaskId } from '@maestro/contracts/ids'
import type { TaskEvent } from '@maestro/contracts/task/task-events'

/** An event with its data as they came, in their order and with what this version does not know: what is stored is what was exported. Of a kind and a form that were checked before. */
export const eventAsWritten = ({ type, data, subject, seq, time, traceparent }: CloudEvent) => {
  const { taskId: _its, actor, ...own } = data
  return {
    type: type.slice('maestro.'.length),
    data: own,
    taskId: subject as TaskId,
    seq,
    at: time,
    actor: Actor.parse(actor),
    ...(traceparent === undefined ? {} : { traceparent }),
  } as TaskEvent
}
