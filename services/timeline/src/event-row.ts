import type { CloudEvent } from '@maestro/contracts/bus/cloud-event'
import { StepId, TaskId } from '@maestro/contracts/ids'

export type EventRow = {
  taskId: TaskId
  seq: number
  type: string
  atMs: number
  stepId: string | null
  body: string
}

/** The largest `integer` of Postgres. */
const seqMax = 2_147_483_647
const typePattern = /^maestro\.[A-Za-z]{1,80}$/

/** Null for what cannot be an event of a task: it would be refused by the database, and with it all that came together with it. */
export const eventRowOf = (event: CloudEvent): EventRow | null => {
  const taskId = TaskId.safeParse(event.subject)
  if (!taskId.success || event.seq > seqMax || !typePattern.test(event.type)) return null
  const stepId = StepId.safeParse(event.data['stepId'])
  return {
    taskId: taskId.data,
    seq: event.seq,
    type: event.type.slice('maestro.'.length),
    atMs: Date.parse(event.time),
    stepId: stepId.success ? stepId.data : null,
    body: JSON.stringify(event),
  }
}
