import type { PriceOrigin } from '@maestro/contracts/budget/price-endpoints'
import type { Price } from './price.ts'

const precedence: Readonly<Record<PriceOrigin, number>> = { override: 2, provider: 1, file: 0 }

const holdsAt = ({ validFrom, validUntil }: Price, at: number) =>
  validFrom.getTime() <= at && (validUntil === null || at < validUntil.getTime())

/** Of all that is said about prices, what holds: for each model one price at a time, the owner's before the provider's before the file's. */
export const pricesInForce = (prices: readonly Price[]): readonly Price[] =>
  [...Map.groupBy(prices, ({ provider, model }) => `${provider} ${model}`).values()].flatMap(
    inForceOfModel,
  )

const inForceOfModel = (prices: readonly Price[]): Price[] => {
  if (prices.every(({ origin }) => origin === 'file')) return [...prices]
  const ranked = prices.toSorted((a, b) => precedence[b.origin] - precedence[a.origin])
  const moments = prices.flatMap(({ validFrom, validUntil }) => [
    validFrom.getTime(),
    ...(validUntil === null ? [] : [validUntil.getTime()]),
  ])
  const steps = [...new Set(moments)].toSorted((a, b) => a - b)
  return steps.flatMap((from, index) => {
    const price = ranked.find((each) => holdsAt(each, from))
    if (price === undefined) return []
    const until = steps[index + 1]
    return {
      ...price,
      validFrom: new Date(from),
      validUntil: until === undefined ? null : new Date(until),
    }
  })
}
