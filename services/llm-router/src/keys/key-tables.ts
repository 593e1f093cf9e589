import { bigint, pgTable, text, timestamp, unique } from 'drizzle-orm/pg-core'

const at = (name: string) => timestamp(name, { withTimezone: true })

/** Keys of providers, one row per value: a rotated key is a new row, and the old value is gone. */
export const providerKeys = pgTable(
  'provider_keys',
  {
    keyId: text('key_id').primaryKey(),
    provider: text().notNull(),
    name: text().notNull(),
    /** Null: the system's. */
    userId: text('user_id'),
    /** The fingerprint of the master key that sealed it. */
    masterKeyId: text('master_key_id').notNull(),
    /** AES-256-GCM, bound to its row: see `keys/seal-key.ts`. */
    sealed: text().notNull(),
    ending: text().notNull(),
    createdAt: at('created_at').notNull().defaultNow(),
    lastUsedAt: at('last_used_at'),
    /** Why its provider does not take it; null while it does. */
    refusal: text(),
  },
  (table) => [
    unique('provider_keys_address').on(table.provider, table.userId, table.name).nullsNotDistinct(),
  ],
)

/** One row that counts changes of keys: workers look at it every second, and its lock puts changes in order. */
export const keyChanges = pgTable('key_changes', {
  what: text().primaryKey(),
  revision: bigint({ mode: 'number' }).notNull(),
})
