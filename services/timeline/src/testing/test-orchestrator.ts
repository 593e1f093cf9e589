import type { CloudEvent } from '@maestro/contracts/bus/cloud-event'
import { AppError } from '@maestro/contracts/errors'
import { TaskId } from '@maestro/contracts/ids'
import { nanoUsd } from '@maestro/contracts/money/nano-usd'
import { getTaskEvents, listTasks, type TaskSummary } from '@maestro/contracts/task/task-endpoints'
import type { Logger } from '@maestro/service-kit/logger'
import type { NatsConnection } from '@maestro/service-kit/nats'
import { implement, serve } from '@maestro/service-kit/serve'

export type TestOrchestrator = {
  /** What it knows of each task. */
  histories: Map<string, readonly CloudEvent[]>
  /** What it was asked for. */
  asked: { taskId: string; after: number }[]
  stop: () => Promise<void>
}

const lineOf = ([taskId, events]: [string, readonly CloudEvent[]]): TaskSummary => ({
  taskId: TaskId.parse(taskId),
  seq: events.length,
  status: 'succeeded',
  title: 'A task',
  stepsDone: 0,
  stepsTotal: 0,
  openApprovals: 0,
  costNanoUsd: nanoUsd(0),
  limitNanoUsd: null,
  rehearsal: true,
  createdAt: events[0]?.time ?? '',
  updatedAt: events.at(-1)?.time ?? '',
  endedAt: null,
})

/** Answers for the orchestrator on a real bus: its events are the truth that timeline reads when the stream lacks something. */
export const startTestOrchestrator = async (
  nats: NatsConnection,
  log: Logger,
  { pageMax = 40 }: { pageMax?: number } = {},
): Promise<TestOrchestrator> => {
  const histories: TestOrchestrator['histories'] = new Map()
  const asked: TestOrchestrator['asked'] = []
  const served = await serve({ nats, log, service: 'orchestrator', version: '0.1.0' }, [
    implement(getTaskEvents, async ({ taskId, after, limit }) => {
      asked.push({ taskId, after })
      const events = histories.get(taskId)
      if (!events) throw new AppError('NOT_FOUND', { kind: 'task', taskId })
      const head = events.length
      if (after > head) throw new AppError('AFTER_BEYOND_HEAD', { head })
      // Fewer than asked for, as for large events.
      return { events: events.slice(after, after + Math.min(limit, pageMax)), head }
    }),
    implement(listTasks, async ({ cursor, limit }) => {
      const from = Number(cursor ?? '0')
      const known = [...histories].slice(from, from + limit)
      const more = from + limit < histories.size
      return { items: known.map(lineOf), nextCursor: more ? String(from + limit) : null }
    }),
  ])
  return { histories, asked, stop: served.stop }
}
