import { fileURLToPath } from 'node:url'
import { nanoUsdFromText } from '@maestro/contracts/money/nano-usd'
import { connectDatabase, migrateDatabase } from '@maestro/service-kit/database'
import { createTestDatabase } from '@maestro/testkit/infrastructure/test-database'
import { createBookkeeper } from './booking/bookkeeper.ts'
import { createBudgetDesk } from './budgets/budget-desk.ts'
import { ensureGlobalBudget } from './budgets/budget-rows.ts'
import { createBudgetViews } from './budgets/budget-views.ts'
import { databaseOptions } from './database-options.ts'
import { createPriceBook } from './prices/price-book.ts'
import { readPrices, seedPrices } from './prices/price-rows.ts'
import { priceTable } from './prices/price-table.ts'

const migrations = fileURLToPath(new URL('../drizzle', import.meta.url))

/** A database of its own with a clock that stands still, for any number of copies of the service's inside. */
export const openTestBudget = async ({
  globalUsd,
  at = '2026-11-22T12:00:00Z',
}: {
  globalUsd: string
  at?: string
}) => {
  const database = await createTestDatabase()
  await migrateDatabase(database.url, migrations)
  const sql = connectDatabase(database.url, databaseOptions)
  await sql.begin((transaction) => ensureGlobalBudget(transaction, nanoUsdFromText(globalUsd)))
  await seedPrices(sql, priceTable)
  const prices = createPriceBook(await readPrices(sql))
  const clock = { at: new Date(at) }
  const now = () => clock.at
  const pools = [sql]

  return {
    sql,
    prices,
    now,
    budgets: createBudgetViews({ sql, now }),
    desk: createBudgetDesk({ sql, now, onFacts: () => undefined }),
    /** Moves the clock to a moment. */
    setClock: (moment: string) => {
      clock.at = new Date(moment)
    },
    /** One more copy of the service, with connections of its own. */
    openCopy: (onFacts: () => void = () => undefined) => {
      const pool = connectDatabase(database.url, databaseOptions)
      pools.push(pool)
      return createBookkeeper({ sql: pool, prices, now, onFacts })
    },
    close: async () => {
      await Promise.all(pools.map((pool) => pool.end({ timeout: 5 })))
      await database.drop()
    },
  }
}

export type TestBudget = Awaited<ReturnType<typeof openTestBudget>>
