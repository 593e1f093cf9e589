import type { TaskEvent } from '@maestro/contracts/task/task-events'
import type { Payload } from '@maestro/service-kit/payload'
import type { Effect } from '@maestro/task-model/effects-of'
import type { BornTask } from '@maestro/task-model/task'

/** A command that was carried out under an idempotency key. */
export type CommandKey = {
  key: string
  /** Of the command: the same key with another command is a mistake of the caller. */
  requestHash: string
}

/** What one decided command writes. */
export type Change = {
  /** The state after `events`. */
  task: BornTask
  events: readonly TaskEvent[]
  payloads: readonly Payload[]
  effects: readonly Effect[]
  /** Ids of effects that these events answer. */
  closed: readonly string[]
  /** The task has ended: nothing is waited for any more but its calls in flight. */
  closesAllButCalls: boolean
  key: CommandKey | null
  /** Only with the task's first event. */
  birth: { goal: string; requestHash: string; traceparent: string | null } | null
}
