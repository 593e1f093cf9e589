import { AppError } from '@maestro/contracts/errors'
import type { TaskId } from '@maestro/contracts/ids'
import type { ApprovalExport } from '@maestro/contracts/task/audit-endpoints'
import type { TaskEvent } from '@maestro/contracts/task/task-events'
import { payloadOf } from '@maestro/service-kit/payload'
import type { PayloadStore } from '@maestro/service-kit/payload-store'
import { approvalEntriesOf } from '@maestro/task-model/audit/approval-entries'
import { approvalRecordOf } from '@maestro/task-model/audit/approval-record'
import type { EventStore } from '../store/event-store.ts'

const eventsAtOnce = 1_000
/** As much as one upload takes. */
const chunkBytes = 512 * 1024

/** Writes the record of a task's approvals and says where it is. It is made of the events alone, so it is the same however often it is made. */
export const createExportApprovals =
  ({ events, payloads }: { events: EventStore; payloads: PayloadStore }) =>
  async ({ taskId }: { taskId: TaskId }): Promise<ApprovalExport> => {
    const all: TaskEvent[] = []
    for (let isMore = true; isMore;) {
      const page = await events.read(taskId, all.length, eventsAtOnce)
      all.push(...page)
      isMore = page.length === eventsAtOnce
    }
    const [first] = all
    if (first?.type !== 'TaskCreated') throw new AppError('NOT_FOUND', { kind: 'task', taskId })
    const about = { taskId, title: first.data.title, seq: all.length }
    const { text, entries, head } = approvalRecordOf(about, approvalEntriesOf(all))
    const { ref, content } = payloadOf('orchestrator', text, 'application/x-ndjson')
    const { sha256, bytes, mediaType } = ref
    for (let offset = 0; offset < bytes; offset += chunkBytes) {
      const part = content.subarray(offset, offset + chunkBytes)
      await payloads.putChunk({ sha256, bytes, mediaType, offset, content: part })
    }
    return { payload: ref, entries, head, seq: all.length }
  }
