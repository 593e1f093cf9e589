import { type NanoUsd, nanoUsd, nanoUsdToText } from '../money/nano-usd.ts'

type Renamed<Key> = Key extends `${infer Name}NanoUsd`
  ? `${Name}Usd`
  : Key extends `${infer Name}MicroUsdPerMTok`
    ? `${Name}UsdPerMTok`
    : Key

type IsMoney<Key> = Key extends `${string}NanoUsd` | `${string}MicroUsdPerMTok` ? true : false

/** The same record with its money as decimal text: `costNanoUsd` becomes `costUsd`. */
export type InUsd<Value> = {
  [Key in keyof Value as Renamed<Key>]: IsMoney<Key> extends true
    ? null extends Value[Key]
      ? string | null
      : string
    : Value[Key]
}

const nanoUsdPerMicroUsd = 1_000

const moneyText = (name: string, value: unknown): [string, unknown] | null => {
  const unit = ['MicroUsdPerMTok', 'NanoUsd'].find((ending) => name.endsWith(ending))
  if (unit === undefined) return null
  const outside = `${name.slice(0, -unit.length)}${unit === 'NanoUsd' ? 'Usd' : 'UsdPerMTok'}`
  if (typeof value !== 'number') return [outside, value]
  const amount: NanoUsd = nanoUsd(unit === 'NanoUsd' ? value : value * nanoUsdPerMicroUsd)
  return [outside, nanoUsdToText(amount)]
}

/** Money leaves the house as decimal text; inside it stays integer. Looks at the record itself, not into what it holds. */
export const inUsd = <Value extends Record<string, unknown>>(value: Value): InUsd<Value> =>
  Object.fromEntries(
    Object.entries(value).map(([name, part]) => moneyText(name, part) ?? [name, part]),
  ) as InUsd<Value>
