import { z } from 'zod'

/** Money, in billionths of a US dollar (a token of a cheap model costs 75 of them). Integers only: budgets must add up exactly. */
export const NanoUsd = z.int().nonnegative().brand<'NanoUsd'>()
export type NanoUsd = z.infer<typeof NanoUsd>

export const nanoUsd = (amount: number) => amount as NanoUsd
export const noMoney = nanoUsd(0)

/** A decimal string in US dollars, as JSON outside carries money: at most 9 decimals, at most 9,000,000 dollars (2^53 nano-dollars). */
export const UsdText = z
  .string()
  .regex(/^\d{1,7}(\.\d{1,9})?$/, 'money is a decimal string in US dollars, such as "0.50"')
  .refine((text) => Number(text) <= 9_000_000, 'at most 9000000 dollars')

/** "0.000075" → 75,000. Exact: no floating point on the way. */
export const nanoUsdFromText = (text: string): NanoUsd => {
  const [whole = '0', fraction = ''] = text.split('.')
  return nanoUsd(Number(whole) * 1_000_000_000 + Number(fraction.padEnd(9, '0').slice(0, 9)))
}

/** 75,000 → "0.000075". */
export const nanoUsdToText = (amount: NanoUsd): string => {
  const whole = Math.floor(amount / 1_000_000_000)
  const fraction = String(amount % 1_000_000_000)
    .padStart(9, '0')
    .replace(/0+$/, '')
  return fraction === '' ? `${whole}` : `${whole}.${fraction}`
}
