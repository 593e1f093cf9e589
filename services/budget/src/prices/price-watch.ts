import type { Sql } from '@maestro/service-kit/database'
import { createLatestLook } from '@maestro/service-kit/latest-look'
import type { Logger } from '@maestro/service-kit/logger'
import { createOutageLog } from '@maestro/service-kit/outage-log'
import { readGivenPrices } from './given-prices.ts'
import { createPriceBook, type PriceBook } from './price-book.ts'
import { readPrices } from './price-rows.ts'
import { pricesInForce } from './prices-in-force.ts'

/** How late a copy may learn of a price that another one was given. */
const lookEveryMs = 2_000

export type PriceWatch = {
  /** Always the newest that is known. */
  prices: PriceBook
  /** Looks now: a copy that was given a price uses it at once. */
  look: () => Promise<void>
  stop: () => void
}

/** The price book of this copy, which follows what any copy is given. */
export const startPriceWatch = async ({
  sql,
  log,
}: {
  sql: Sql
  log: Logger
}): Promise<PriceWatch> => {
  const read = async () => {
    const [file, given] = await Promise.all([readPrices(sql), readGivenPrices(sql)])
    return createPriceBook(pricesInForce([...given, ...file]))
  }
  let book = await read()
  const look = createLatestLook({
    read,
    take: (found) => {
      book = found
    },
  })
  const outage = createOutageLog({
    log,
    away: 'prices cannot be looked at; the known ones hold',
    back: 'prices are looked at again',
  })
  const timer = setInterval(() => void look().then(outage.worked, outage.failed), lookEveryMs)
  return {
    prices: {
      priceAt: (...asked) => book.priceAt(...asked),
      pricesWithin: (...asked) => book.pricesWithin(...asked),
      all: () => book.all(),
    },
    look,
    stop: () => clearInterval(timer),
  }
}
