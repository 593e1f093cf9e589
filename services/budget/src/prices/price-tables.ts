import type { Rate } from '@maestro/contracts/money/cost-of'
import { integer, jsonb, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core'

const moment = (name: string) => timestamp(name, { withTimezone: true })

/** Prices that came in while budget ran. A row is ended, never changed: what was billed by it stays explained. */
export const givenPrices = pgTable(
  'given_prices',
  {
    provider: text().notNull(),
    model: text().notNull(),
    origin: text().$type<'provider' | 'override'>().notNull(),
    validFrom: moment('valid_from').notNull(),
    validUntil: moment('valid_until'),
    rate: jsonb().$type<Rate>().notNull(),
    outputTokensMax: integer('output_tokens_max'),
    source: text().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.provider, table.model, table.origin, table.validFrom] }),
  ],
)
