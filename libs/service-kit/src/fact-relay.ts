import { CloudEvent } from '@maestro/contracts/bus/cloud-event'
import { streams } from '@maestro/contracts/bus/streams'
import type { ServiceName } from '@maestro/contracts/endpoint'
import type { Sql, Transaction } from './database.ts'
import type { Logger } from './logger.ts'
import { type FactRow, toFactEvent } from './fact-event.ts'
import { type JetStreamManager, type NatsConnection, NatsError } from './nats.ts'
import { createOutageLog, type Outage } from './outage-log.ts'
import { startLoop } from './start-loop.ts'

// Invariants:
// 1. One copy of a service relays at a time (advisory lock), each subject in the order of its numbers.
// 2. A fact is marked after the stream has it. When a relay dies in between, the next one sees by the
//    last message of the subject what is there already, however long ago that was.

/** A number that no other advisory lock of ours uses. */
const relayLock = 7_301_002
const factsPerBatchMax = 256
/** Another copy may have written without waking us, or died before it published. */
const pollMs = 1_000
const publishTimeoutMs = 5_000
const pruneEveryMs = 3_600_000

export type FactRelay = {
  /** Call it after the commit, so that the facts leave at once. */
  wake: () => void
  /** Since when the stream takes no facts. */
  outage: () => Outage | null
  stop: () => Promise<void>
}

/** Publishes what `appendFacts` wrote, in order, at least once with the same id. */
export const startFactRelay = async ({
  sql,
  nats,
  log,
  service,
}: {
  sql: Sql
  nats: NatsConnection
  log: Logger
  service: ServiceName
}): Promise<FactRelay> => {
  const manager = await nats.jetstreamManager({ timeout: publishTimeoutMs })
  const jetStream = nats.jetstream({ timeout: publishTimeoutMs })
  const publishing = createOutageLog({
    log,
    away: 'facts could not be published and wait',
    back: 'facts are published again',
  })
  const reading = createOutageLog({
    log,
    away: 'the fact relay tries again',
    back: 'the fact relay goes on',
  })
  let pruneAtMs = 0

  const publishAll = async (rows: readonly FactRow[]): Promise<readonly FactRow[]> => {
    const heads = new Map<string, number>()
    const done: FactRow[] = []
    for (const row of rows) {
      try {
        const head = heads.get(row.subject) ?? (await publishedSeq(manager, row.subject, rows))
        if (row.seq > head) {
          const event = toFactEvent(service, row)
          await jetStream.publish(`maestro.event.${row.subject}`, JSON.stringify(event), {
            msgID: event.id,
          })
        }
        heads.set(row.subject, Math.max(head, row.seq))
        done.push(row)
      } catch (error) {
        // What follows must not overtake it.
        publishing.failed(error, { subject: row.subject })
        return done
      }
    }
    publishing.worked()
    return done
  }

  const relay = async (transaction: Transaction): Promise<'more' | 'rest'> => {
    const [lock] = await transaction<{ held: boolean }[]>`
      select pg_try_advisory_xact_lock(${relayLock}) as held`
    if (lock?.held !== true) return 'rest'
    const rows = await transaction<FactRow[]>`
      select subject, seq, type, data, at, traceparent from facts
      where not published order by subject, seq limit ${factsPerBatchMax}`
    const done = await publishAll(rows)
    await transaction`
      update facts set published = true
      from unnest(${done.map((row) => row.subject)}::text[], ${done.map((row) => row.seq)}::int[])
        as sent (subject, seq)
      where facts.subject = sent.subject and facts.seq = sent.seq`
    return done.length === factsPerBatchMax ? 'more' : 'rest'
  }

  const prune = async () => {
    if (Date.now() < pruneAtMs) return
    pruneAtMs = Date.now() + pruneEveryMs
    const before = new Date(Date.now() - streams.events.ageMsMax)
    await sql`delete from facts where published and at < ${before}`
  }

  const relayAll = async (isStopped: () => boolean) => {
    await prune()
    while ((await sql.begin(relay)) === 'more' && !isStopped());
  }
  const { wake, stop } = startLoop({ work: relayAll, restMs: pollMs, outage: reading })
  return { wake, outage: publishing.current, stop }
}

/**
 * Up to which number the stream has these rows already; 0 when it has none of them. What a dead relay
 * published without marking it is among the rows; anything else there is not ours (a bus that has
 * outlived our database) and keeps nothing of ours back.
 */
const publishedSeq = async (
  manager: JetStreamManager,
  subject: string,
  rows: readonly FactRow[],
): Promise<number> => {
  try {
    const message = await manager.streams.getMessage(streams.events.name, {
      last_by_subj: `maestro.event.${subject}`,
    })
    const newest = CloudEvent.parse(message.json())
    const isOurs = rows.some(
      (row) =>
        row.subject === subject && row.seq === newest.seq && row.at.toISOString() === newest.time,
    )
    return isOurs ? newest.seq : 0
  } catch (error) {
    if (error instanceof NatsError && error.code === '404') return 0
    throw error
  }
}
