import { AppError } from '@maestro/contracts/errors'
import { z } from 'zod'

/** The largest `integer` of Postgres. */
const seqMax = 2_147_483_647

/** The last line of a page: the next one begins after it. */
export const HistoryCursor = z.tuple([
  z.int().nonnegative(),
  z
    .string()
    .max(300)
    .regex(/^[^\0]*$/),
  z.int().nonnegative().max(seqMax),
])
export type HistoryCursor = z.infer<typeof HistoryCursor>

export const writeCursor = (cursor: HistoryCursor): string =>
  Buffer.from(JSON.stringify(cursor)).toString('base64url')

/** @throws {AppError} `INVALID_INPUT` for what no page gave. */
export const readCursor = (text: string): HistoryCursor => {
  try {
    return HistoryCursor.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')))
  } catch (cause) {
    const reason = 'this is no cursor of ours: take nextCursor of the page before, or begin without'
    throw new AppError('INVALID_INPUT', { field: 'cursor', reason }, { cause })
  }
}
