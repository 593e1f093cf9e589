import {
  boolean,
  customType,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  timestamp,
} from 'drizzle-orm/pg-core'

export const bytea = customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => 'bytea' })

/** Content by its SHA-256 (I7). A service that keeps payloads exports both tables from its schema. */
export const payloads = pgTable(
  'payloads',
  {
    sha256: text().primaryKey(),
    mediaType: text('media_type').notNull(),
    bytes: integer().notNull(),
    content: bytea().notNull(),
    /** False for an upload that no event names yet; swept after a day. */
    named: boolean().notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [index('payloads_unnamed').on(table.named, table.createdAt)],
)

/** Chunks of uploads that are not complete yet. */
export const payloadChunks = pgTable(
  'payload_chunks',
  {
    sha256: text().notNull(),
    offset: integer().notNull(),
    content: bytea().notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.sha256, table.offset] })],
)
