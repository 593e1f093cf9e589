import { AppError } from '@maestro/contracts/errors'
import type { QueueItem, QueueSummary } from '@maestro/contracts/queue/queue-endpoints'
import type { Sql, Transaction } from '@maestro/service-kit/database'
import { type ItemRow, toQueueItem } from './item.ts'
import { itemColumns } from './item-columns.ts'

/** Its place in line, from 1; null when it waits no longer. */
export const positionOf = async (
  sql: Sql | Transaction,
  itemId: string,
): Promise<number | null> => {
  const [row] = await sql<{ position: number }[]>`
    select count(*)::int as position
    from items as mine join items as line on line.queue = mine.queue and line.status = 'waiting'
      and (line.rank, line.place) <= (mine.rank, mine.place)
    where mine.item_id = ${itemId} and mine.status = 'waiting'`
  return row === undefined || row.position === 0 ? null : row.position
}

export const summarizeQueues = (sql: Sql, at: Date): Promise<QueueSummary[]> =>
  sql<QueueSummary[]>`
    select queues.name, queues.slots_max as "slotsMax",
      count(*) filter (where items.status = 'waiting')::int as waiting,
      count(*) filter (where items.status in ('starting', 'running'))::int as running,
      coalesce(greatest(0, extract(epoch from ${at}::timestamptz
        - min(items.enqueued_at) filter (where items.status = 'waiting')) * 1000), 0)::int
        as "oldestWaitMs"
    from queues left join items on items.queue = queues.name
      and items.status in ('waiting', 'starting', 'running')
    group by queues.name order by queues.name`

/** What waits and runs, in the order in which it came or comes to its turn, then what ended, the newest first. */
export const listItems = async (
  sql: Sql,
  { queue, limit }: { queue: string; limit: number },
): Promise<QueueItem[]> => {
  const [known] = await sql`select 1 from queues where name = ${queue}`
  if (known === undefined) throw new AppError('NOT_FOUND', { kind: 'queue', queue })
  // One statement, so that an item on its way from one part to the next is listed once.
  const rows = await sql<(ItemRow & { position: number | null })[]>`
    select * from (
      (select ${itemColumns(sql)}, null::int as position, 1 as part,
          row_number() over (order by claimed_at, place) as line
        from items where queue = ${queue} and status in ('starting', 'running') limit ${limit})
      union all
      (select ${itemColumns(sql)}, (row_number() over (order by rank, place))::int, 2,
          row_number() over (order by rank, place)
        from items where queue = ${queue} and status = 'waiting' order by rank, place limit ${limit})
      union all
      (select ${itemColumns(sql)}, null::int, 3, row_number() over (order by ended_at desc, place desc)
        from items where queue = ${queue} and ended_at is not null
        order by ended_at desc, place desc limit ${limit})
    ) as parts order by part, line limit ${limit}`
  return rows.map((row) => toQueueItem(row, row.position))
}
