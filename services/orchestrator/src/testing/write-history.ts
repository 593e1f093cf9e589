import type { TaskEvent } from '@maestro/contracts/task/task-events'
import { connectDatabase } from '@maestro/service-kit/database'
import type { Payload } from '@maestro/service-kit/payload'
import { createPayloadStore } from '@maestro/service-kit/payload-store'
import type { BornTask } from '@maestro/task-model/task'
import { databaseOptions } from '../database-options.ts'
import { createCommit } from '../store/commit.ts'

export type HistoryPart = {
  /** The state after `events`. */
  task: BornTask
  events: readonly TaskEvent[]
  payloads: readonly Payload[]
  /** With the first part of a task. */
  goal?: string
}

/**
 * Commits events of a task as one more copy of the orchestrator that has decided them would, into the
 * database of one that runs: its relay publishes them, and everybody takes them for what they are.
 * Effects are left out: nothing is done because of them.
 */
export const openHistoryWriter = (postgresUrl: string) => {
  const sql = connectDatabase(postgresUrl, databaseOptions)
  const payloads = createPayloadStore({ sql, service: 'orchestrator' })
  const commit = createCommit({ sql, payloads, owner: 'history-writer' })
  return {
    write: async ({ task, events, payloads: texts, goal }: HistoryPart): Promise<void> => {
      const birth =
        goal === undefined ? null : { goal, requestHash: task.taskId, traceparent: null }
      const nothing = { effects: [], closed: [], closesAllButCalls: false, key: null }
      await commit([{ task, events, payloads: texts, birth, ...nothing }])
      // The relay would look within a second.
      await sql.notify('maestro_relay', '')
    },
    close: () => sql.end({ timeout: 1 }),
  }
}

export type HistoryWriter = ReturnType<typeof openHistoryWriter>
