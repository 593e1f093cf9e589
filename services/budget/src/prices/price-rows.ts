import type { Sql } from '@maestro/service-kit/database'
import type { Price } from './price.ts'

/** Brings the table to what this version knows. Rows of others (a corrected or a private price) stay. */
export const seedPrices = async (sql: Sql, prices: readonly Price[]): Promise<void> => {
  await sql`
    insert into prices (provider, model, valid_from, valid_until, rate, output_tokens_max, source)
    select provider, model, valid_from, valid_until, rate::jsonb, output_tokens_max, source
    from unnest(
      ${prices.map(({ provider }) => provider)}::text[], ${prices.map(({ model }) => model)}::text[],
      ${prices.map(({ validFrom }) => validFrom.toISOString())}::timestamptz[],
      ${prices.map(({ validUntil }) => validUntil?.toISOString() ?? null)}::timestamptz[],
      ${prices.map(({ rate }) => JSON.stringify(rate))}::text[],
      ${prices.map(({ outputTokensMax }) => outputTokensMax)}::int[],
      ${prices.map(({ source }) => source)}::text[]
    ) as price (provider, model, valid_from, valid_until, rate, output_tokens_max, source)
    on conflict (provider, model, valid_from) do update set valid_until = excluded.valid_until,
      rate = excluded.rate, output_tokens_max = excluded.output_tokens_max, source = excluded.source`
}

export const readPrices = (sql: Sql): Promise<Price[]> =>
  sql<Price[]>`
    select provider, model, 'file' as origin, valid_from as "validFrom", valid_until as "validUntil", rate,
      output_tokens_max as "outputTokensMax", source
    from prices order by provider, model, valid_from desc`
