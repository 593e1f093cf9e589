import { AppError } from '@maestro/contracts/errors'
import type { TaskId } from '@maestro/contracts/ids'
import type { TaskEvent } from '@maestro/contracts/task/task-events'
import { createBatcher } from '@maestro/service-kit/batcher'
import type { Payload } from '@maestro/service-kit/payload'
import { activeTraceparent } from '@maestro/service-kit/trace'
import { decide } from '@maestro/task-model/decide'
import type { Effect } from '@maestro/task-model/effects-of'
import type { BornTask, Task } from '@maestro/task-model/task'
import type { TaskCommand } from '@maestro/task-model/task-command'
import type { Change, Commit } from '../store/commit.ts'
import { consequencesOf } from './consequences-of.ts'
import type { TaskCache } from './task-cache.ts'

/** Losing a race against another copy this often in a row means that something else is wrong. */
const attemptsMax = 5
/** Commands of one transaction. */
const batchMax = 256

export type CommandRequest = {
  taskId: TaskId
  command: TaskCommand
  /** Texts that the command's events name. */
  payloads?: readonly Payload[]
  /** Refused when the task has moved on since. */
  expectedSeq?: number | null
  key?: string | null
  /** Only with `CreateTask`. */
  birth?: { goal: string; requestHash: string }
}

type Handling = CommandRequest & { traceparent: string | undefined }

export type CommandHandler = {
  /** Load, decide, append. Returns the state after it. @throws {AppError} what `decide` throws, `SEQ_CONFLICT`. */
  handle: (request: CommandRequest) => Promise<BornTask>
  idle: () => Promise<void>
}

/** What was committed, for those who go on with it: the relay and the reactor. */
export type Committed = {
  events: readonly TaskEvent[]
  effects: readonly { taskId: TaskId; effect: Effect }[]
}

/**
 * Commands that arrive together are decided one after the other on the states that they lead to, and
 * committed in one transaction: the price of a commit is shared, and copies of one process never race.
 */
export const createCommandHandler = ({
  cache,
  commit,
  onCommitted,
}: {
  cache: TaskCache
  commit: Commit
  onCommitted: (committed: Committed) => void
}): CommandHandler => {
  const decideAll = async (requests: readonly Handling[]) => {
    const states = await cache.load([...new Set(requests.map(({ taskId }) => taskId))])
    const changes: Change[] = []
    const results = requests.map((request): BornTask | Error => {
      try {
        const state = states.get(request.taskId)
        if (!state) throw new AppError('NOT_FOUND', { kind: 'task', taskId: request.taskId })
        const change = changeOf(request, state)
        if (change === null) return state as BornTask
        changes.push(change)
        states.set(request.taskId, change.task)
        return change.task
      } catch (error) {
        return error instanceof Error ? error : new Error(String(error))
      }
    })
    if (changes.length === 0) return results
    await commit(changes)
    for (const { task } of changes) cache.set(task)
    onCommitted({
      events: changes.flatMap(({ events }) => events),
      effects: changes.flatMap(({ task, effects }) =>
        effects.map((effect) => ({ taskId: task.taskId, effect })),
      ),
    })
    return results
  }

  const forget = (requests: readonly Handling[]) => {
    for (const { taskId } of requests) cache.forget(taskId)
  }

  /** After a lost race, one by one, so that the command of one task cannot fail that of another. */
  const decideAlone = async (request: Handling): Promise<BornTask | Error> => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        const [result] = await decideAll([request])
        return result ?? new Error('a command without a result')
      } catch (error) {
        forget([request])
        const lostRace = error instanceof AppError && error.code === 'VERSION_CONFLICT'
        if (!lostRace || attempt === attemptsMax) {
          return error instanceof Error ? error : new Error(String(error))
        }
      }
    }
  }

  const batcher = createBatcher<Handling, BornTask>({
    itemsMax: batchMax,
    run: async (requests) => {
      try {
        return await decideAll(requests)
      } catch (error) {
        // What was decided on may be stale, or was not written at all: nothing of it is kept.
        forget(requests)
        if (!(error instanceof AppError) || error.code !== 'VERSION_CONFLICT') throw error
      }
      const results: (BornTask | Error)[] = []
      for (const request of requests) results.push(await decideAlone(request))
      return results
    },
  })

  return {
    handle: (request) => batcher.add({ ...request, traceparent: activeTraceparent() }),
    idle: () => batcher.idle(),
  }
}

/** Null when the command was carried out before. */
const changeOf = (request: Handling, state: Task): Change | null => {
  const { command, expectedSeq, payloads, key, birth, traceparent } = request
  if (expectedSeq !== undefined && expectedSeq !== null && expectedSeq !== state.seq) {
    throw new AppError('SEQ_CONFLICT', { expectedSeq, seq: state.seq })
  }
  const decided = decide(command, state)
  if (decided.length === 0) return null
  const events =
    traceparent === undefined ? decided : decided.map((event) => ({ ...event, traceparent }))
  return {
    ...consequencesOf(state, events),
    events,
    payloads: payloads ?? [],
    key: key ?? null,
    birth: birth ? { ...birth, traceparent: traceparent ?? null } : null,
  }
}
