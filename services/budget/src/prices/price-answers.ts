import { putPrices, removePriceOverride } from '@maestro/contracts/budget/price-endpoints'
import type { Sql } from '@maestro/service-kit/database'
import { implement, type Implementation } from '@maestro/service-kit/serve'
import { putGivenPrices, removeOverride } from './given-prices.ts'
import type { PriceWatch } from './price-watch.ts'
import { priceTable } from './price-table.ts'

/** Prices that come in while budget runs. */
export const priceAnswers = ({
  sql,
  watch,
  now,
}: {
  sql: Sql
  watch: Pick<PriceWatch, 'look'>
  now: () => Date
}): readonly Implementation[] => [
  implement(putPrices, async (given) => {
    const changed = await putGivenPrices(sql, { ...given, file: priceTable, at: now() })
    if (changed > 0) await watch.look()
    return { changed }
  }),
  implement(removePriceOverride, async (of) => {
    await removeOverride(sql, { ...of, at: now() })
    await watch.look()
    return {}
  }),
]
