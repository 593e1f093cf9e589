import type { Call } from '@maestro/service-kit/call'
import type { Sql, Transaction } from '@maestro/service-kit/database'
import type { Logger } from '@maestro/service-kit/logger'
import { createOutageLog } from '@maestro/service-kit/outage-log'
import { createSignal } from '@maestro/service-kit/signal'
import { claimItem, giveBackItem } from '../items/claim-item.ts'
import type { ItemRow } from '../items/item.ts'
import { moveItems } from '../items/move-items.ts'
import type { Turn, WakeLine } from '../wake/wake-line.ts'
import { startTask } from './start-task.ts'

// Invariants:
// 1. A turn is asked for only while a slot is free, so that the item with the highest priority at that
//    moment gets it.
// 2. The slot is taken in Postgres before the task is asked for, and freed by the task's end, by a
//    refusal, or when the item goes back into line.
// 3. Asking for a task is idempotent. Whoever finds an item that starts may ask again.

/** Tasks asked for at the same time: the orchestrator groups what arrives together. */
const startsInFlightMax = 8
/** Another copy may free slots without telling us. */
const slotPollMs = 1_000
const awayWaitMsMax = 15_000
const slowWaitMsMax = 60_000

export type Dispatcher = {
  /** Asks for the task of an item that has its slot already. */
  resume: (item: ItemRow) => Promise<void>
  /** A slot was freed. */
  wake: () => void
  stop: () => Promise<void>
}

export const startDispatcher = ({
  sql,
  call,
  line,
  queue,
  copy,
  log,
  now,
  onFacts,
}: {
  sql: Sql
  call: Call
  line: WakeLine
  queue: string
  copy: string
  log: Logger
  now: () => Date
  onFacts: () => void
}): Dispatcher => {
  const fields = { queue }
  const outage = createOutageLog({
    log,
    away: 'the dispatcher tries again',
    back: 'the dispatcher goes on',
    fields,
  })
  const startOutage = createOutageLog({
    log,
    away: 'items stopped in their start',
    back: 'items start again',
    fields,
  })
  const slotFreed = createSignal()
  const stopping = createSignal()
  const starting = new Set<Promise<void>>()
  let stopped = false
  let awayCount = 0

  const write = async <T>(work: (transaction: Transaction) => Promise<T>): Promise<T> => {
    const result = (await sql.begin(work)) as T
    onFacts()
    return result
  }

  /** Asks for the task of an item that has its slot, and says what becomes of its turn. */
  const start = async (item: ItemRow): Promise<'over' | 'back' | { delayMs: number }> => {
    const { itemId } = item
    const started = await startTask(call, item)
    if (started.outcome === 'started' || started.outcome === 'refused') {
      awayCount = 0
      const to = started.outcome === 'started' ? ('running' as const) : ('failed' as const)
      const reason = started.outcome === 'started' ? '' : started.reason
      const moves = [{ itemId, to, reason }]
      await write((transaction) => moveItems(transaction, { moves, from: ['starting'], at: now() }))
      if (to === 'failed') log.info({ itemId, taskId: item.taskId, reason }, 'task refused')
      return 'over'
    }
    await write((transaction) =>
      giveBackItem(transaction, { itemId, reason: started.reason, at: now() }),
    )
    if (started.outcome === 'away') {
      awayCount += 1
      return 'back'
    }
    return { delayMs: Math.min(1_000 * 2 ** Math.min(item.attempts, 6), slowWaitMsMax) }
  }

  /** Asks for the task of an item that has its slot, and closes its turn. */
  const serve = async (turn: Turn, item: ItemRow): Promise<void> => {
    try {
      const next = await start(item)
      startOutage.worked()
      if (next === 'over') await turn.done()
      else if (next === 'back') await turn.giveBack()
      else await turn.delay(next.delayMs)
    } catch (error) {
      // It keeps its slot; reconciliation asks again.
      startOutage.failed(error, { itemId: item.itemId })
      await turn.giveBack()
    } finally {
      slotFreed.raise()
    }
  }

  /** Gives the turn its slot. The start itself runs beside the next turns. */
  const take = async (turn: Turn): Promise<void> => {
    const { itemId } = turn
    const claim = await write((transaction) =>
      claimItem(transaction, { queue, itemId, copy, at: now() }),
    ).catch(async (error: unknown) => {
      await turn.giveBack()
      throw error
    })
    if (claim.outcome === 'full') return turn.giveBack()
    if (claim.outcome === 'gone') return turn.done()
    const served = serve(turn, claim.item).finally(() => starting.delete(served))
    starting.add(served)
    // While the orchestrator is away, one item at a time asks for it.
    if (awayCount > 0) await served
  }

  const hasFreeSlot = async (): Promise<boolean> => {
    const [row] = await sql<{ free: boolean }[]>`
      select slots_max > (select count(*) from items
        where queue = ${queue} and status in ('starting', 'running')) as free
      from queues where name = ${queue}`
    return row?.free === true
  }

  const round = async (): Promise<void> => {
    if (awayCount > 0) {
      // All items would meet the same silence: the line as a whole waits, and keeps its order.
      const waitMs = Math.min(250 * 2 ** Math.min(awayCount, 10), awayWaitMsMax)
      await Promise.all(starting)
      await stopping.wait(waitMs * (0.5 + Math.random() / 2))
    }
    if (starting.size >= startsInFlightMax) await Promise.race(starting)
    if (stopped) return
    if (!(await hasFreeSlot())) return slotFreed.wait(slotPollMs)
    const turn = await line.next()
    if (turn !== null) await take(turn)
  }

  const run = async () => {
    while (!stopped) {
      try {
        await round()
        outage.worked()
      } catch (error) {
        if (stopped) break
        outage.failed(error)
        await stopping.wait(slotPollMs)
      }
    }
  }
  const running = run()

  return {
    resume: async (item) => {
      await start(item)
    },
    wake: slotFreed.raise,
    stop: async () => {
      stopped = true
      slotFreed.raise()
      stopping.raise()
      await line.close()
      await running
      await Promise.all(starting)
    },
  }
}
