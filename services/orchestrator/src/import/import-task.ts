import { AppError } from '@maestro/contracts/errors'
import type { TaskId } from '@maestro/contracts/ids'
import type { importTask } from '@maestro/contracts/task/import-endpoints'
import type { TaskEvent } from '@maestro/contracts/task/task-events'
import type { Sql } from '@maestro/service-kit/database'
import type { Logger } from '@maestro/service-kit/logger'
import type { PayloadStore } from '@maestro/service-kit/payload-store'
import type { RequestContext } from '@maestro/service-kit/request-context'
import { decide } from '@maestro/task-model/decide'
import type { z } from 'zod'
import { doneUnder, keyOf } from '../command/command-keys.ts'
import { consequencesOf } from '../command/consequences-of.ts'
import type { TaskCache } from '../command/task-cache.ts'
import type { Gate } from '../reactor/gate.ts'
import { sha256Of } from '../sha256-of.ts'
import type { CommandKey } from '../store/change.ts'
import type { Commit } from '../store/commit.ts'
import type { EventStore } from '../store/event-store.ts'
import { linesOfFile } from './lines-of-file.ts'
import { readTaskFile } from './read-task-file.ts'
import { writeFile } from './write-file.ts'

type Imported = z.infer<typeof importTask.output>

export type ImportTask = (
  input: z.infer<typeof importTask.input>,
  context: Pick<RequestContext, 'actor' | 'idempotencyKey'>,
) => Promise<Imported>

/**
 * Takes a task out of a file. Invariants:
 * I1 All of the file is checked before anything of it can be seen, and it becomes visible in one transaction.
 * I2 The task's events are those of the file, byte for byte, and one more that says that it was imported.
 * I3 Nothing of it runs: no effect is written, and no question stays open.
 * I4 A task that is here stays as it is, whatever a file says of it.
 */
export const createImportTask = ({
  sql,
  events,
  payloads,
  cache,
  commit,
  gate,
  onCommitted,
  log,
}: {
  sql: Sql
  events: EventStore
  payloads: PayloadStore
  cache: Pick<TaskCache, 'set'>
  commit: Commit
  /** Bounds the files that are taken at once: each holds the state of its task. */
  gate: Gate
  onCommitted: (events: readonly TaskEvent[]) => void
  log: Logger
}): ImportTask => {
  const mustBeNew = async (taskId: TaskId): Promise<void> => {
    const head = await events.head(taskId)
    if (head > 0) throw new AppError('TASK_EXISTS', { taskId, seq: head })
  }

  const findDone = async (key: CommandKey | null): Promise<Imported | null> => {
    const done = key === null ? null : await doneUnder(sql, key)
    if (done === null) return null
    const [event] = await events.read(done.taskId, done.seq - 1, 1)
    if (event?.type !== 'TaskImported') return null
    const { head, missing } = event.data
    return { ...done, events: head, missing }
  }

  const take: ImportTask = async ({ parts }, { actor, idempotencyKey }) => {
    const requestHash = sha256Of(JSON.stringify({ import: parts }))
    const key = idempotencyKey === null ? null : { key: keyOf(actor, idempotencyKey), requestHash }
    const done = await findDone(key)
    if (done !== null) return done

    const file = await readTaskFile(linesOfFile(payloads, parts), {
      nowMs: Date.now(),
      onTask: mustBeNew,
      keep: payloads.stageAll,
    })
    const { header, fileSha256, missing, goal } = file
    const { exportedAt, from } = header
    const command = {
      type: 'ImportTask' as const,
      at: new Date().toISOString(),
      actor,
      fileSha256,
      missing,
      ...(exportedAt !== undefined && { exportedAt }),
      ...(from !== undefined && { from }),
    }
    const decided = decide(command, file.task)
    const { task } = consequencesOf(file.task, decided)
    const { taskId, seq } = task
    const birth = { goal, requestHash, traceparent: null }
    const nothing = { payloads: [], effects: [], closed: [], closesAllButCalls: false }
    try {
      await commit([{ task, events: decided, key, birth, ...nothing }], (transaction) =>
        writeFile(transaction, linesOfFile(payloads, parts), file.texts),
      )
    } catch (error) {
      if (!isConflict(error)) throw error
      // Its twin was faster.
      const twin = await findDone(key)
      if (twin !== null) return twin
      await mustBeNew(taskId)
      throw error
    }
    cache.set(task)
    onCommitted(decided)
    log.info({ taskId, seq, missing }, 'task imported')
    return { taskId, seq, events: file.task.seq, missing }
  }

  return (input, context) =>
    gate(async () => {
      try {
        return await take(input, context)
      } finally {
        // What is left after a crash or an outage goes with other uploads that nothing names.
        await payloads.drop(input.parts).catch((error: unknown) => {
          log.warn({ err: error }, 'parts of an imported file are swept later')
        })
      }
    })
}

const isConflict = (error: unknown): boolean =>
  error instanceof AppError &&
  (error.code === 'VERSION_CONFLICT' || error.code === 'IDEMPOTENCY_CONFLICT')
