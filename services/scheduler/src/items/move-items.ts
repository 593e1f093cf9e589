import type { QueueItemStatus } from '@maestro/contracts/queue/queue-endpoints'
import { appendFacts } from '@maestro/service-kit/append-facts'
import type { Transaction } from '@maestro/service-kit/database'
import { type ItemRow, reasonOf, toQueueItem } from './item.ts'
import { itemColumns } from './item-columns.ts'

export type Move = { itemId: string; to: QueueItemStatus; reason: string }

/** What every move tells the world; called last in its transaction. */
export const tellMoves = (
  transaction: Transaction,
  moved: readonly { row: ItemRow; from: QueueItemStatus | null }[],
  at: Date,
): Promise<void> =>
  appendFacts(
    transaction,
    moved.map(({ row, from }) => {
      const { position: _position, ...item } = toQueueItem(row, null)
      return {
        kind: 'queue',
        id: row.queue,
        type: 'QueueItemMoved',
        data: { from, item },
        at,
        traceparent: row.traceparent ?? undefined,
      }
    }),
  )

/** Moves the items that still have one of these statuses, and tells it. Returns those that it moved. */
export const moveItems = async (
  transaction: Transaction,
  { moves, from, at }: { moves: readonly Move[]; from: readonly QueueItemStatus[]; at: Date },
): Promise<readonly ItemRow[]> => {
  if (moves.length === 0) return []
  const rows = await transaction<(ItemRow & { from: QueueItemStatus })[]>`
    with wanted as (
      select * from unnest(
        ${moves.map(({ itemId }) => itemId)}::text[], ${moves.map(({ to }) => to)}::text[],
        ${moves.map(({ reason }) => reasonOf(reason))}::text[]) as wanted (item_id, "to", reason)
    ), before as (
      -- Ordered, so that two copies that move the same items cannot wait for each other.
      select items.item_id, items.status, wanted."to", wanted.reason
      from items join wanted on wanted.item_id = items.item_id
      where items.status = any(${from}::text[]) order by items.item_id for update of items
    )
    update items set status = before."to", reason = before.reason,
      started_at = case when before."to" = 'running' then ${at} else items.started_at end,
      ended_at = case when before."to" in ('done', 'failed', 'removed') then ${at}::timestamptz end,
      claimed_by = case when before."to" = 'starting' then items.claimed_by end
    from before where items.item_id = before.item_id
    returning ${itemColumns(transaction)}, before.status as "from"`
  await tellMoves(
    transaction,
    rows.map((row) => ({ row, from: row.from })),
    at,
  )
  return rows
}
