import type { CloudEvent } from '@maestro/contracts/bus/cloud-event'
import { taskEventSubject } from '@maestro/contracts/bus/subjects'
import { AppError } from '@maestro/contracts/errors'
import type { TaskId } from '@maestro/contracts/ids'
import { noMoney, nanoUsd } from '@maestro/contracts/money/nano-usd'
import { getOrchestratorPayload, putPayload } from '@maestro/contracts/payload/payload-endpoints'
import { payloadChunkBytesMax } from '@maestro/contracts/payload/payload-ref'
import {
  createTask,
  getTask,
  getTaskEvents,
  getTaskSummaries,
  listTasks,
  type NewTask,
  pauseTask,
  stepTask,
  type TaskSummary,
} from '@maestro/contracts/task/task-endpoints'
import { connectNats } from '@maestro/service-kit/connect-nats'
import { createLogger } from '@maestro/service-kit/logger'
import type { RequestContext } from '@maestro/service-kit/request-context'
import { implement, serve } from '@maestro/service-kit/serve'
import { createHash } from 'node:crypto'

/** As the orchestrator bounds its answers: a message of the bus holds 1 MiB. */
const answerBytesMax = 960 * 1024

/** As many of them as one answer holds, and at least one. */
const pageOf = (events: readonly CloudEvent[]): CloudEvent[] => {
  let bytes = 0
  const end = events.findIndex((event, index) => {
    bytes += Buffer.byteLength(JSON.stringify(event))
    return bytes > answerBytesMax && index > 0
  })
  return events.slice(0, end < 0 ? events.length : end)
}

type Kept = { events: CloudEvent[]; made: NewTask | null }

/**
 * Answers a few of the orchestrator's endpoints over the real bus, from memory: enough of it to see
 * what the gateway asks, and to lose, hold back and repeat events as only a test may.
 */
export const startTinyOrchestrator = async (natsEnv: {
  NATS_URL: string
  NATS_USER: string
  NATS_PASSWORD: string
  NATS_INBOX_PREFIX: string
}) => {
  const nats = await connectNats(natsEnv, 'tiny-orchestrator')
  const log = createLogger({ service: 'tiny-orchestrator', copy: 'test', level: 'silent' })
  const tasks = new Map<TaskId, Kept>()
  const payloads = new Map<string, { content: Buffer; mediaType: string }>()
  const uploads = new Map<string, Map<number, Buffer>>()
  const asked: { name: string; input: unknown; context: RequestContext }[] = []
  /** What the next request of this name runs into. */
  const troubles = new Map<string, () => Promise<void>>()

  const kept = (taskId: TaskId): Kept => {
    const task = tasks.get(taskId)
    if (!task) throw new AppError('NOT_FOUND', { kind: 'task', taskId })
    return task
  }
  const head = (taskId: TaskId) => kept(taskId).events.length

  const record = (taskId: TaskId, type: string, data: Record<string, unknown> = {}): CloudEvent => {
    const task = tasks.get(taskId) ?? { events: [], made: null }
    tasks.set(taskId, task)
    const seq = task.events.length + 1
    const event: CloudEvent = {
      specversion: '1.0',
      id: `${taskId}:${seq}`,
      source: '/maestro/orchestrator',
      type: `maestro.${type}`,
      subject: taskId,
      time: new Date().toISOString(),
      datacontenttype: 'application/json',
      data: { ...data, taskId, actor: { kind: 'person', id: 'owner' } },
      seq,
    }
    task.events.push(event)
    return event
  }
  const publish = (event: CloudEvent) =>
    nats.publish(taskEventSubject(event.subject as TaskId), JSON.stringify(event))

  const summaryOf = (taskId: TaskId): TaskSummary => ({
    taskId,
    seq: head(taskId),
    status: 'running',
    title: 'A task',
    stepsDone: 0,
    stepsTotal: 1,
    openApprovals: 0,
    costNanoUsd: nanoUsd(75_000),
    limitNanoUsd: null,
    rehearsal: true,
    createdAt: '2026-01-01T00:00:00.000Z',
    updatedAt: '2026-01-01T00:00:00.000Z',
    endedAt: null,
  })

  const note = async (name: string, input: unknown, context: RequestContext) => {
    asked.push({ name, input, context })
    const trouble = troubles.get(name)
    troubles.delete(name)
    await trouble?.()
  }

  const served = await serve({ nats, log, service: 'orchestrator', version: '0.0.1' }, [
    implement(createTask, async (task, context) => {
      const known = tasks.has(task.taskId)
      if (!known) {
        publish(record(task.taskId, 'TaskCreated'))
        kept(task.taskId).made = task
      }
      await note('createTask', task, context)
      return { taskId: task.taskId, seq: 1 }
    }),
    implement(getTask, async ({ taskId }) => ({
      seq: head(taskId),
      state: { status: 'running', result: null, seq: head(taskId) },
      detail: 'whole' as const,
    })),
    implement(getTaskEvents, async (input, context) => {
      await note('getTaskEvents', input, context)
      const { events } = kept(input.taskId)
      if (input.after > events.length) {
        throw new AppError('AFTER_BEYOND_HEAD', { after: input.after, head: events.length })
      }
      return {
        events: pageOf(events.slice(input.after, input.after + input.limit)),
        head: events.length,
      }
    }),
    implement(getTaskSummaries, async (input, context) => {
      await note('getTaskSummaries', input, context)
      return { items: input.taskIds.filter((taskId) => tasks.has(taskId)).map(summaryOf) }
    }),
    implement(listTasks, async (input, context) => {
      await note('listTasks', input, context)
      return { items: [...tasks.keys()].map(summaryOf), nextCursor: null }
    }),
    implement(pauseTask, async (input, context) => {
      await note('pauseTask', input, context)
      return { seq: head(input.taskId) }
    }),
    implement(stepTask, async (input, context) => {
      await note('stepTask', input, context)
      throw new AppError('TASK_NOT_PAUSED', {})
    }),
    implement(putPayload, async ({ sha256, bytes, mediaType, offset, chunkBase64 }) => {
      const chunks = uploads.get(sha256) ?? new Map<number, Buffer>()
      uploads.set(sha256, chunks.set(offset, Buffer.from(chunkBase64, 'base64')))
      const content = Buffer.concat([...chunks].sort(([a], [b]) => a - b).map(([, chunk]) => chunk))
      if (content.length < bytes) return { ref: null }
      if (createHash('sha256').update(content).digest('hex') !== sha256) {
        throw new AppError('INVALID_INPUT', { sha256 })
      }
      payloads.set(sha256, { content, mediaType })
      return { ref: { service: 'orchestrator' as const, sha256, bytes, mediaType, preview: '' } }
    }),
    implement(getOrchestratorPayload, async ({ sha256, offset }) => {
      const payload = payloads.get(sha256)
      if (!payload) throw new AppError('NOT_FOUND', { kind: 'payload', sha256 })
      const end = Math.min(offset + payloadChunkBytesMax, payload.content.length)
      return {
        bytes: payload.content.length,
        mediaType: payload.mediaType,
        chunkBase64: payload.content.subarray(offset, end).toString('base64'),
        nextOffset: end < payload.content.length ? end : null,
      }
    }),
  ])

  return {
    nats,
    asked,
    troubles,
    tasks,
    payloads,
    /** Happens, and is told. */
    happen: (taskId: TaskId, type: string, data?: Record<string, unknown>) => {
      const event = record(taskId, type, data)
      publish(event)
      return event
    },
    /** Happens, but the bus loses it. */
    record,
    /** Tells it again, or late. */
    publish,
    noMoney,
    stop: async () => {
      await served.stop()
      await nats.drain()
    },
  }
}
export type TinyOrchestrator = Awaited<ReturnType<typeof startTinyOrchestrator>>
