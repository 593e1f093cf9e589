import { getTask } from '@maestro/contracts/task/task-endpoints'
import { TaskStatus } from '@maestro/contracts/task/task-status'
import type { TaskId } from '@maestro/contracts/ids'
import type { Call } from '@maestro/service-kit/call'
import type { Sql } from '@maestro/service-kit/database'
import type { Logger } from '@maestro/service-kit/logger'
import { createOutageLog } from '@maestro/service-kit/outage-log'
import { createSignal } from '@maestro/service-kit/signal'
import { toAppError } from '@maestro/service-kit/wire-error'
import { endItems, endOfStatus, type TaskEnd } from './end/end-items.ts'
import { takeOverItems } from './items/claim-item.ts'
import type { Dispatcher } from './start/dispatcher.ts'
import type { LineItem, WakeLine } from './wake/wake-line.ts'

const everyMs = 10_000
const linePageMax = 500
/** Longer than a start takes, so that only items of dead copies are taken over. */
const startMsMax = 30_000
const takeOverMax = 100
/** Its end event comes within milliseconds; asking is for events that were lost. */
const checkAgeMs = 60_000
const checksPerRoundMax = 20

export type Reconciler = {
  /** Redis may have lost the line. */
  wake: () => void
  stop: () => Promise<void>
}

/**
 * Makes the three places agree that a queue lives in: every item that waits is in line in Redis, every
 * item that starts has a copy that starts it, and no item holds a slot whose task has ended.
 */
export const startReconciler = ({
  sql,
  call,
  line,
  dispatcher,
  queue,
  copy,
  log,
  now,
  onFacts,
}: {
  sql: Sql
  call: Call
  line: WakeLine
  dispatcher: Dispatcher
  queue: string
  copy: string
  log: Logger
  now: () => Date
  onFacts: () => void
}): Reconciler => {
  const signal = createSignal()
  let stopped = false
  let isOwnStart = true
  let isLineDoubted = true

  const fillLine = async () => {
    if (!isLineDoubted) {
      const [row] = await sql<{ waiting: number }[]>`
        select count(*)::int as waiting from items where queue = ${queue} and status = 'waiting'`
      if ((await line.length()) >= (row?.waiting ?? 0)) return
    }
    let after: LineItem & { place: number } = { itemId: '', rank: 0, place: 0 }
    for (;;) {
      const page: readonly (LineItem & { place: number })[] = await sql<
        (LineItem & { place: number })[]
      >`
        select item_id as "itemId", rank, place from items
        where queue = ${queue} and status = 'waiting' and (rank, place) > (${after.rank}, ${after.place})
        order by rank, place limit ${linePageMax}`
      const last = page.at(-1)
      if (last === undefined) break
      await line.add(page)
      after = last
    }
    isLineDoubted = false
  }

  const takeOver = async () => {
    const at = now()
    const before = new Date(at.getTime() - startMsMax)
    const items = await sql.begin((transaction) =>
      takeOverItems(transaction, { queue, copy, at, isOwnStart, before, limit: takeOverMax }),
    )
    isOwnStart = false
    if (items.length === 0) return
    log.info({ count: items.length }, 'starts of a dead copy are taken over')
    // One that cannot start now waits again, and its job may have died with the copy.
    isLineDoubted = true
    for (const item of items) await dispatcher.resume(item)
  }

  const endMissed = async () => {
    const at = now()
    const running = await sql<{ taskId: TaskId }[]>`
      update items set checked_at = ${at} where item_id in (
        select item_id from items where queue = ${queue} and status = 'running'
          and coalesce(checked_at, started_at) < ${new Date(at.getTime() - checkAgeMs)}
        order by coalesce(checked_at, started_at) limit ${checksPerRoundMax} for update skip locked)
      returning task_id as "taskId"`
    const ends: TaskEnd[] = []
    for (const { taskId } of running) {
      const end = await askForEnd(call, taskId)
      if (end !== null) ends.push(end)
    }
    if (ends.length === 0) return
    const freed = await sql.begin((transaction) => endItems(transaction, { ends, at }))
    log.warn({ freed }, 'tasks had ended without their events')
    onFacts()
    dispatcher.wake()
  }

  const patiently = (what: string, work: () => Promise<void>) => {
    const outage = createOutageLog({
      log,
      away: 'reconciliation tries again',
      back: 'reconciliation goes on',
      fields: { queue, what },
    })
    return async () => {
      if (stopped) return
      await work().then(outage.worked, outage.failed)
    }
  }
  const duties = [
    patiently('starts', takeOver),
    patiently('line', fillLine),
    patiently('ends', endMissed),
  ]

  const run = async () => {
    while (!stopped) {
      for (const duty of duties) await duty()
      if (!stopped) await signal.wait(everyMs)
    }
  }
  const running = run()

  return {
    wake: () => {
      isLineDoubted = true
      signal.raise()
    },
    stop: async () => {
      stopped = true
      signal.raise()
      await running
    },
  }
}

/** Asks whether a task has ended. A task that the orchestrator does not know holds no slot. */
const askForEnd = async (call: Call, taskId: TaskId): Promise<TaskEnd | null> => {
  try {
    const { state } = await call(getTask, { taskId })
    return endOfStatus(taskId, TaskStatus.parse(state['status']))
  } catch (cause) {
    if (toAppError(cause).code !== 'NOT_FOUND') throw cause
    return { taskId, to: 'failed', reason: 'The orchestrator does not know this task.' }
  }
}
