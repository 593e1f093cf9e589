import type { TaskId } from '@maestro/contracts/ids'
import type { Outbox, Row } from './outbox.ts'

/** Tasks to look at, in one go: up to which event each has to be on the stream. */
export type Look = {
  heads: ReadonlyMap<TaskId, number>
  /** More wait in the table behind these. */
  isMore: boolean
  /** All of these are on the stream. */
  done: () => Promise<void>
}

/**
 * Goes through the table from the mark to its end, again and again. When it comes to the end, the mark
 * moves to where all could be seen when it set out: what was committed late is never behind the mark.
 */
export type Unpublished = {
  next: () => Promise<Look>
  /** From the mark as it stands in the table: another copy may have moved it, and what is before it is not trusted now. */
  startOver: () => void
}

export const createUnpublished = ({
  outbox,
  limit,
}: {
  outbox: Pick<Outbox, 'written' | 'readPlace' | 'movePlace'>
  /** Events of one look. */
  limit: number
}): Unpublished => {
  let mark: number | null = null
  /** Of the way through the table that is under way. */
  let way: { after: Row; horizon: number } | null = null

  return {
    next: async () => {
      mark ??= await outbox.readPlace()
      const after = way?.after ?? { transactionId: mark, position: 0 }
      const { heads, last, isMore, horizon } = await outbox.written(after, limit)
      const isNothingNew = way === null && last === null
      const setOut = way?.horizon ?? horizon
      return {
        heads,
        isMore,
        done: async () => {
          if (isMore && last !== null) {
            way = { after: last, horizon: setOut }
            return
          }
          way = null
          // Without events the mark stays: nothing is written while nothing happens.
          if (isNothingNew || mark === null || setOut <= mark) return
          const moved = await outbox.movePlace(mark, setOut)
          mark = moved ? setOut : null
        },
      }
    },
    startOver: () => {
      mark = null
      way = null
    },
  }
}
