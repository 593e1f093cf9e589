import { AppError } from '@maestro/contracts/errors'
import type { Transaction } from '@maestro/service-kit/database'
import type { ItemRow } from './item.ts'
import { itemColumns } from './item-columns.ts'
import { moveItems } from './move-items.ts'

/**
 * Takes a waiting item out of its queue; once removed, it stays so.
 * @throws {AppError} `NOT_FOUND`; `TASK_ENDED` when it waits no longer: what runs is cancelled as a task.
 */
export const removeItem = async (
  transaction: Transaction,
  { itemId, at }: { itemId: string; at: Date },
): Promise<ItemRow> => {
  const [removed] = await moveItems(transaction, {
    moves: [{ itemId, to: 'removed', reason: 'It was taken out of the queue.' }],
    from: ['waiting'],
    at,
  })
  if (removed !== undefined) return removed
  const [item] = await transaction<ItemRow[]>`
    select ${itemColumns(transaction)} from items where item_id = ${itemId}`
  if (item === undefined) throw new AppError('NOT_FOUND', { kind: 'queue item', itemId })
  if (item.status === 'removed') return item
  throw new AppError('TASK_ENDED', { itemId, status: item.status, taskId: item.taskId })
}
