import type { Transaction } from '@maestro/service-kit/database'
import type { ItemRow } from './item.ts'
import { itemColumns } from './item-columns.ts'
import { moveItems, tellMoves } from './move-items.ts'

/** `full`: no slot is free. `gone`: it waits no longer. */
export type Claim =
  | { outcome: 'claimed'; item: ItemRow }
  | { outcome: 'full' }
  | { outcome: 'gone' }

type Claimer = { copy: string; at: Date }

/** Gives a waiting item a slot of its queue. The row of the queue is the lock: two copies never fill the same slot. */
export const claimItem = async (
  transaction: Transaction,
  { queue, itemId, copy, at }: Claimer & { queue: string; itemId: string },
): Promise<Claim> => {
  await transaction`select 1 from queues where name = ${queue} for update`
  const [slots] = await transaction<{ free: number }[]>`
    select (slots_max - (select count(*) from items
      where queue = ${queue} and status in ('starting', 'running')))::int as free
    from queues where name = ${queue}`
  if (slots === undefined || slots.free <= 0) return { outcome: 'full' }
  const [item] = await transaction<ItemRow[]>`
    update items set status = 'starting', reason = '', claimed_by = ${copy}, claimed_at = ${at},
      attempts = attempts + 1
    where item_id = ${itemId} and status = 'waiting'
    returning ${itemColumns(transaction)}`
  if (item === undefined) return { outcome: 'gone' }
  await tellMoves(transaction, [{ row: item, from: 'waiting' }], at)
  return { outcome: 'claimed', item }
}

/**
 * Takes over items whose copy died while it started them; they keep their slots. Those of our own
 * name are orphans at our start: only one process of a name runs at a time.
 */
export const takeOverItems = (
  transaction: Transaction,
  {
    queue,
    copy,
    at,
    isOwnStart,
    before,
    limit,
  }: Claimer & { queue: string; isOwnStart: boolean; before: Date; limit: number },
): Promise<ItemRow[]> =>
  transaction<ItemRow[]>`
    update items set claimed_by = ${copy}, claimed_at = ${at}, attempts = attempts + 1
    where item_id in (
      select item_id from items where queue = ${queue} and status = 'starting'
        and (claimed_at < ${before} or (${isOwnStart} and claimed_by = ${copy}))
      order by claimed_at limit ${limit} for update skip locked)
    returning ${itemColumns(transaction)}`

/** Puts an item back into line, with what it waits for. */
export const giveBackItem = async (
  transaction: Transaction,
  { itemId, reason, at }: { itemId: string; reason: string; at: Date },
): Promise<void> => {
  await moveItems(transaction, {
    moves: [{ itemId, to: 'waiting', reason }],
    from: ['starting'],
    at,
  })
}
