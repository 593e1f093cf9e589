import { CloudEvent } from '@maestro/contracts/bus/cloud-event'
import { ApprovalId, type TaskId, taskIdOfApproval } from '@maestro/contracts/ids'
import { fromCloudEvent } from '@maestro/contracts/task/task-cloud-event'
import type { TaskEvent } from '@maestro/contracts/task/task-events'
import { z } from 'zod'
import { eventAsWritten } from './event-as-written.ts'

/** Far more than an event carries, and far less than a message of the bus holds. */
const eventBytesMax = 256 * 1024
/** Clocks differ; what is later than that would be taken for the newest of all for as long. */
const aheadMsMax = 5 * 60_000
/** W3C. It becomes a header. */
const traceparent = /^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/

export type ImportedEvent = { event: TaskEvent } | { problem: string }

/** Reads an event of another Maestro as strictly as none of ours has to be read: everybody here will trust it. */
export const importedEvent = (value: unknown, taskId: TaskId, nowMs: number): ImportedEvent => {
  const read = CloudEvent.safeParse(value)
  if (!read.success) return { problem: `it is no event: ${firstIssue(read.error)}` }
  const cloudEvent = read.data
  const { seq, time } = cloudEvent
  const name = cloudEvent.type.slice('maestro.'.length)
  const problem = problemOf(cloudEvent, taskId)
  if (problem !== null) return { problem }
  if (Date.parse(time) > nowMs + aheadMsMax) {
    return { problem: `it happened at ${time}, which is to come by the clock of this Maestro` }
  }
  try {
    const event = fromCloudEvent(cloudEvent)
    if (event === null) {
      const whose = 'a newer Maestro wrote it, and a newer one can import it'
      return { problem: `events of the kind ${name} are not known here: ${whose}` }
    }
    if ((event.type === 'TaskCreated') !== (seq === 1)) {
      return { problem: 'a task begins with TaskCreated, and is created once' }
    }
    return { event: eventAsWritten(cloudEvent) }
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error
    return { problem: `${name} does not say what it should: ${firstIssue(error)}` }
  }
}

/** What would make it collide with something of another task, or not be published. */
const problemOf = (event: CloudEvent, taskId: TaskId): string | null => {
  const { id, subject, seq, data } = event
  if (subject !== taskId || data['taskId'] !== taskId || id !== `${taskId}:${seq}`) {
    return 'it is an event of another task'
  }
  const approvalId = ApprovalId.safeParse(data['approvalId'])
  if (approvalId.success && taskIdOfApproval(approvalId.data) !== taskId) {
    return `the approval ${approvalId.data} is of another task`
  }
  if (event.traceparent !== undefined && !traceparent.test(event.traceparent)) {
    return 'its traceparent is none'
  }
  if (JSON.stringify(data['actor'] ?? '').includes(String.raw`\u0000`)) {
    return 'who did it has no name that can be stored'
  }
  const bytes = Buffer.byteLength(JSON.stringify(event))
  return bytes > eventBytesMax
    ? `it has ${bytes} bytes, and an event at most ${eventBytesMax}`
    : null
}

const firstIssue = ({ issues: [issue] }: z.ZodError): string =>
  issue === undefined ? '' : `${issue.path.join('.')}: ${issue.message}`.slice(0, 300)
