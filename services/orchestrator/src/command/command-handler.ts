import { AppError } from '@maestro/contracts/errors'
import type { TaskId } from '@maestro/contracts/ids'
import type { TaskEvent } from '@maestro/contracts/task/task-events'
import { createBatcher } from '@maestro/service-kit/batcher'
import { asDatabaseOutage } from '@maestro/service-kit/database-outage'
import type { Payload } from '@maestro/service-kit/payload'
import { activeTraceparent, annotateSpan } from '@maestro/service-kit/trace'
import { decide } from '@maestro/task-model/decide'
import type { Effect } from '@maestro/task-model/effects-of'
import { type BornTask, type Task, unbornTask } from '@maestro/task-model/task'
import type { TaskCommand } from '@maestro/task-model/task-command'
import type { Change, CommandKey } from '../store/change.ts'
import type { Commit } from '../store/commit.ts'
import { consequencesOf } from './consequences-of.ts'
import type { TaskCache } from './task-cache.ts'

/** Losing a race against another copy this often in a row means that something else is wrong. */
const attemptsMax = 5
/** Commands of one transaction. */
const batchMax = 256
/** Of transactions while many commands come: far less than the model call that most of them follow, and half as many commits. */
const paceMs = 10
/** Texts of one transaction: they travel in one statement, which holds them several times over. */
const batchBytesMax = 16 * 1024 * 1024

export type CommandRequest = {
  taskId: TaskId
  command: TaskCommand
  /** Texts that the command's events name. */
  payloads?: readonly Payload[]
  /** Refused when the task has moved on since. */
  expectedSeq?: number | null
  key?: CommandKey | null
  /** Only with `CreateTask`. */
  birth?: { goal: string; requestHash: string }
}

type Handling = CommandRequest & { traceparent: string | undefined }

export type CommandHandler = {
  /**
   * Load, decide, append. Returns the state after it.
   * @throws {AppError} what `decide` throws, `SEQ_CONFLICT`, `IDEMPOTENCY_CONFLICT` for a key or a birth
   * that is there already, `UNAVAILABLE` when the database is away and it may or may not have happened.
   */
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
 * committed in one transaction: the price of a commit is shared, and commands of one process never race.
 */
export const createCommandHandler = ({
  cache,
  commit,
  onCommitted,
  onDoubt,
}: {
  cache: TaskCache
  commit: Commit
  onCommitted: (committed: Committed) => void
  /** The answer of a commit was lost: what it asked for may stand in the tables without anybody here knowing. */
  onDoubt: () => void
}): CommandHandler => {
  /** @throws when nothing of it was written, or nobody knows. */
  const decideAll = async (requests: readonly Handling[]) => {
    const taskIds = [...new Set(requests.map(({ taskId }) => taskId))]
    const known = await cache.load(taskIds)
    let decided = decideOn(known, requests)
    // Changes are proven by the store's lock. That nothing changes, or must not, has to be proven by a read.
    const unproven = [...new Set(decided.unchanged)]
    if (unproven.length > 0) {
      const now = await cache.refresh(unproven)
      const isStale = unproven.some((taskId) => now.get(taskId)?.seq !== known.get(taskId)?.seq)
      if (isStale) decided = decideOn(new Map([...known, ...now]), requests)
    }
    const { changes, results } = decided
    if (changes.length === 0) return results
    await commit(changes).catch((error: unknown) => {
      if (isOutage(error)) onDoubt()
      throw error
    })
    for (const { task } of changes) cache.set(task)
    onCommitted({
      events: changes.flatMap(({ events }) => events),
      effects: changes.flatMap(({ task, effects }) =>
        effects.map((effect) => ({ taskId: task.taskId, effect })),
      ),
    })
    return results
  }

  const decideAlone = async (request: Handling): Promise<BornTask | Error> => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        // Somebody else has written, or may have.
        await cache.refresh([request.taskId])
        const [result] = await decideAll([request])
        return result ?? new Error('a command without a result')
      } catch (error) {
        const lostRace = error instanceof AppError && error.code === 'VERSION_CONFLICT'
        if (!lostRace || attempt === attemptsMax) return asError(error)
      }
    }
  }

  /** One by one, so that the command of one task cannot fail that of another. */
  const decideEachAlone = async (requests: readonly Handling[]) => {
    const results: (BornTask | Error)[] = []
    for (const request of requests) {
      const result = await decideAlone(request)
      // The others would only wait for the same database, one after the other.
      if (isOutage(result)) return [...results, ...requests.slice(results.length).map(() => result)]
      results.push(result)
    }
    return results
  }

  const batcher = createBatcher<Handling, BornTask>({
    itemsMax: batchMax,
    paceMs,
    weightMax: batchBytesMax,
    weigh: ({ payloads = [] }) => payloads.reduce((sum, { content }) => sum + content.length, 0),
    run: async (requests) => {
      try {
        return await decideAll(requests)
      } catch (error) {
        if (isOutage(error)) throw error
        return decideEachAlone(requests)
      }
    },
  })

  return {
    handle: (request) => {
      const { taskId, command } = request
      annotateSpan({ 'maestro.task.id': taskId, 'maestro.command': command.type })
      return batcher.add({ ...request, traceparent: activeTraceparent() })
    },
    idle: () => batcher.idle(),
  }
}

/** One after the other, each on the state that those before it lead to. */
const decideOn = (known: ReadonlyMap<TaskId, Task>, requests: readonly Handling[]) => {
  const states = new Map(known)
  const changes: Change[] = []
  const unchanged: TaskId[] = []
  const results = requests.map((request): BornTask | Error => {
    const { taskId } = request
    try {
      const state = states.get(taskId) ?? unbornTask
      const change = changeOf(request, state)
      if (change === null) {
        unchanged.push(taskId)
        // `decide` refuses whatever is said to a task that does not exist.
        return state as BornTask
      }
      changes.push(change)
      states.set(taskId, change.task)
      return change.task
    } catch (error) {
      unchanged.push(taskId)
      return asError(error)
    }
  })
  return { changes, results, unchanged }
}

const asError = (error: unknown): Error =>
  error instanceof Error ? error : new Error(String(error))

const isOutage = (error: unknown): error is Error => {
  const known = asDatabaseOutage(error)
  return known instanceof AppError && known.code === 'UNAVAILABLE'
}

/** What it decides is no question any more. */
const isAnswered = (command: TaskCommand, { approvals }: BornTask): boolean =>
  command.type === 'DecideApproval' && (approvals[command.approvalId]?.status ?? 'open') !== 'open'

/** Null when the command was carried out before. */
const changeOf = (request: Handling, state: Task): Change | null => {
  const { taskId, command, expectedSeq, payloads, key, birth, traceparent } = request
  if (expectedSeq !== undefined && expectedSeq !== null && expectedSeq !== state.seq) {
    // A task that nobody knows has not moved on.
    if (state.status === 'unborn') throw new AppError('NOT_FOUND', { kind: 'task', taskId })
    // Who was first, and when, says more than that the task has moved on; and so does that nobody changes it.
    if (isAnswered(command, state) || state.imported !== undefined) decide(command, state)
    throw new AppError('SEQ_CONFLICT', { expectedSeq, seq: state.seq })
  }
  if (birth && state.status !== 'unborn') throw new AppError('IDEMPOTENCY_CONFLICT', { taskId })
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
