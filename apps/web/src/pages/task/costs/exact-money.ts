import { nanoUsd, nanoUsdToText } from '@maestro/contracts/money/nano-usd'

const decimalsMin = 4
const decimalsOf = (amount: number) =>
  nanoUsdToText(nanoUsd(Math.abs(amount))).split('.')[1]?.length ?? 0

/** How many decimals show each of these amounts to its last one, so that a column of them aligns. */
export const decimalsFor = (amounts: readonly number[]): number =>
  Math.max(decimalsMin, ...amounts.map(decimalsOf))

/** `$0.0136123`: exact, whatever its size. */
export const exactMoney = (amount: number, decimals = decimalsFor([amount])): string => {
  const [whole = '0', fraction = ''] = nanoUsdToText(nanoUsd(Math.abs(amount))).split('.')
  const sign = amount < 0 ? '−' : ''
  return `${sign}$${Number(whole).toLocaleString('en-US')}.${fraction.padEnd(decimals, '0')}`
}
