import { CloudEvent } from '@maestro/contracts/bus/cloud-event'
import { TaskId } from '@maestro/contracts/ids'
import type { Logger } from '@maestro/service-kit/logger'
import type { NatsConnection } from '@maestro/service-kit/nats'
import type { Changes } from './changes.ts'
import { liveEventOf } from './live-message.ts'
import type { TaskFeeds } from './task-feeds.ts'
import type { TaskLines } from './task-lines.ts'
import type { Topics } from './topics.ts'

/** Which topic tells of facts that are no task's: `maestro.event.<kind>.<id>`. */
const topicOfKind: Readonly<Record<string, string>> = {
  budget: 'budgets',
  queue: 'queues',
  provider: 'system',
  system: 'system',
}

const approvalTypes = new Set([
  'maestro.ApprovalRequested',
  'maestro.ApprovalDecided',
  'maestro.ApprovalExpired',
])
/** Settling a call changes what is left of a budget. */
const costTypes = new Set(['maestro.CallFinished', 'maestro.CallFailed', 'maestro.CallLost'])
/** An end withdraws the approvals that were open. */
const endTypes = new Set(['maestro.TaskSucceeded', 'maestro.TaskFailed', 'maestro.TaskCancelled'])

/**
 * The one subscription to all events. What the bus loses while it is away is read from the
 * orchestrator afterwards, so a plain subscription is enough and is the fastest there is.
 */
export const startEventIntake = ({
  nats,
  log,
  feeds,
  topics,
  lines,
  changes,
}: {
  nats: NatsConnection
  log: Logger
  feeds: TaskFeeds
  topics: Topics
  lines: TaskLines
  changes: Changes
}): { stop: () => void } => {
  const isWanted = (taskId: TaskId) =>
    feeds.isWatched(taskId) || ['tasks', 'approvals', 'budgets'].some(topics.isWatched)

  const takeTaskEvent = (id: string, data: Uint8Array) => {
    const taskId = TaskId.parse(id)
    if (!isWanted(taskId)) return
    const raw = Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('utf8')
    const event = CloudEvent.parse(JSON.parse(raw))
    if (feeds.isWatched(taskId)) feeds.take(taskId, liveEventOf(taskId, event, raw))
    lines.touch(taskId)
    if (approvalTypes.has(event.type)) changes.touch('approvals', String(event.data['approvalId']))
    if (endTypes.has(event.type)) changes.touch('approvals', taskId)
    if (costTypes.has(event.type)) changes.touch('budgets', 'global')
  }

  const subscription = nats.subscribe('maestro.event.>')
  const listen = async () => {
    for await (const { subject, data } of subscription) {
      const [, , kind = '', id = ''] = subject.split('.')
      const topic = topicOfKind[kind]
      try {
        if (kind === 'task') takeTaskEvent(id, data)
        else if (topic !== undefined) changes.touch(topic, id)
      } catch (error) {
        log.warn({ err: error, subject }, 'not an event')
      }
    }
  }
  void listen()
  return { stop: () => subscription.unsubscribe() }
}
