import type { CloudEvent } from '@maestro/contracts/bus/cloud-event'
import type { TaskId } from '@maestro/contracts/ids'

/** Makes an event about 1,000 bytes long. */
const filling = 'x'.repeat(640)

/** A task's event of 1 kB that happens now. */
export const benchEvent = (taskId: TaskId, seq: number): CloudEvent => ({
  specversion: '1.0',
  id: `${taskId}:${seq}`,
  source: '/maestro/orchestrator',
  type: 'maestro.GuidanceGiven',
  subject: taskId,
  time: new Date().toISOString(),
  datacontenttype: 'application/json',
  seq,
  data: { taskId, actor: { kind: 'person', id: 'owner' }, text: filling },
})
