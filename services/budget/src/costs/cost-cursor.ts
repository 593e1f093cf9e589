import type { CostQuery } from '@maestro/contracts/budget/cost-endpoints'
import { AppError } from '@maestro/contracts/errors'
import { z } from 'zod'

type Asked = Pick<CostQuery, 'by' | 'order'>

/** After which line a page begins: its cost and its keys, which together order all lines. */
export type CostPlace = { costNanoUsd: number; key1: string; key2: string }

// Postgres takes no zero bytes in a text.
const Text = z.string().regex(/^[^\0]*$/)
const Written = z.tuple([Text, Text, z.int().nonnegative(), Text, Text])

export const writeCursor = ({ by, order }: Asked, { costNanoUsd, key1, key2 }: CostPlace): string =>
  Buffer.from(JSON.stringify([order, by.join(','), costNanoUsd, key1, key2])).toString('base64url')

/** @throws {AppError} `INVALID_INPUT` for a text that is no cursor, or one of another question. */
export const readCursor = ({ by, order }: Asked, text: string): CostPlace => {
  const written = Written.safeParse(parse(Buffer.from(text, 'base64url').toString('utf8')))
  const [ofOrder, ofKeys, costNanoUsd = 0, key1 = '', key2 = ''] = written.data ?? []
  if (ofOrder !== order || ofKeys !== by.join(','))
    throw new AppError('INVALID_INPUT', {
      reason: 'cursor is the nextCursor of the page before, asked with the same keys and order',
    })
  return { costNanoUsd, key1, key2 }
}

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    // Whatever it is, the schema refuses it.
    return null
  }
}
