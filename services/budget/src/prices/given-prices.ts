import type { GivenPrice, PriceOrigin } from '@maestro/contracts/budget/price-endpoints'
import { AppError } from '@maestro/contracts/errors'
import type { ProviderName } from '@maestro/contracts/llm/chat'
import type { Sql, Transaction } from '@maestro/service-kit/database'
import { nextAnnouncedChange } from './next-announced-change.ts'
import type { Price } from './price.ts'

/** An attempt is settled long before it is this old; what has ended earlier only explains the past. */
const endedMsMax = 31 * 24 * 3_600_000

type GivenOrigin = Exclude<PriceOrigin, 'file'>

/** A number that no other advisory lock of ours uses. */
const pricesLock = 7_301_021

export const readGivenPrices = (sql: Sql | Transaction): Promise<Price[]> =>
  sql<Price[]>`
    select provider, model, origin, valid_from as "validFrom", valid_until as "validUntil", rate,
      output_tokens_max as "outputTokensMax", source
    from given_prices
    where valid_until is null or valid_until > now() - ${endedMsMax} * interval '1 ms'
    order by provider, model, valid_from desc`

/** Puts prices in force from `at` on. What holds already is left alone. @returns how many were new. */
export const putGivenPrices = (
  sql: Sql,
  {
    origin,
    source,
    prices,
    file,
    at,
  }: {
    origin: GivenOrigin
    source: string
    prices: readonly GivenPrice[]
    /** The table that ships: its announced changes end what a provider publishes. */
    file: readonly Price[]
    at: Date
  },
): Promise<number> =>
  sql.begin(async (transaction) => {
    await transaction`select pg_advisory_xact_lock(${pricesLock})`
    const known = (await readGivenPrices(transaction)).filter((price) => price.origin === origin)
    const news = prices.filter((price) => {
      const present = known.find((each) => isOf(each, price.rate) && holdsAt(each, at))
      return present === undefined || !isSame(present, price)
    })
    for (const { rate, outputTokensMax } of news) {
      const { provider, model } = rate
      await end(transaction, { origin, provider, model, at })
      const until = origin === 'provider' ? nextAnnouncedChange(file, rate, at) : null
      await transaction`
        insert into given_prices
          (provider, model, origin, valid_from, valid_until, rate, output_tokens_max, source)
        values (${provider}, ${model}, ${origin}, ${at}, ${until}, ${transaction.json(rate)},
          ${outputTokensMax}, ${source})
        on conflict (provider, model, origin, valid_from) do update set
          valid_until = excluded.valid_until, rate = excluded.rate,
          output_tokens_max = excluded.output_tokens_max, source = excluded.source`
    }
    return news.length
  })

/** @throws {AppError} `NOT_FOUND` when there is none. */
export const removeOverride = async (
  sql: Sql,
  { provider, model, at }: { provider: ProviderName; model: string; at: Date },
): Promise<void> => {
  const ended = await end(sql, { origin: 'override', provider, model, at })
  if (ended === 0) throw new AppError('NOT_FOUND', { provider, model })
}

const end = async (
  sql: Sql | Transaction,
  {
    origin,
    provider,
    model,
    at,
  }: { origin: GivenOrigin; provider: string; model: string; at: Date },
): Promise<number> => {
  const ended = await sql`
    update given_prices set valid_until = ${at}
    where provider = ${provider} and model = ${model} and origin = ${origin}
      and valid_from < ${at} and (valid_until is null or valid_until > ${at})`
  return ended.count
}

const isOf = (price: Price, { provider, model }: { provider: string; model: string }) =>
  price.provider === provider && price.model === model

const holdsAt = ({ validFrom, validUntil }: Price, at: Date) =>
  validFrom <= at && (validUntil === null || at < validUntil)

const isSame = (known: Price, { rate, outputTokensMax }: GivenPrice): boolean =>
  known.outputTokensMax === outputTokensMax &&
  Object.entries(rate).every(([name, value]) => known.rate[name as keyof typeof rate] === value)
