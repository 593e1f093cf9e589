import { boolean, integer, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core'

const at = (name: string) => timestamp(name, { withTimezone: true })

/** The models of providers, as these listed them last. */
export const listedModels = pgTable(
  'listed_models',
  {
    provider: text().notNull(),
    model: text().notNull(),
    contextTokensMax: integer('context_tokens_max'),
    outputTokensMax: integer('output_tokens_max'),
    canChat: boolean('can_chat').notNull(),
    listedAt: at('listed_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.provider, table.model] })],
)

/** What the owner says of models; no refresh touches it. */
export const modelOverrides = pgTable(
  'model_overrides',
  {
    provider: text().notNull(),
    model: text().notNull(),
    contextTokensMax: integer('context_tokens_max'),
    outputTokensMax: integer('output_tokens_max'),
    isDefault: boolean('is_default').notNull(),
  },
  (table) => [primaryKey({ columns: [table.provider, table.model] })],
)

/** When each provider was asked last, so that of several workers one asks. */
export const modelRefreshes = pgTable('model_refreshes', {
  provider: text().primaryKey(),
  askedAt: at('asked_at').notNull(),
})
