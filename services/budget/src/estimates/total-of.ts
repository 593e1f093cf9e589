import type { EstimateLine, EstimateTotal } from '@maestro/contracts/budget/estimate-endpoints'
import { type NanoUsd, nanoUsd } from '@maestro/contracts/money/nano-usd'

const sumOf = (amounts: readonly (NanoUsd | null)[]): NanoUsd | null => {
  let sum = 0
  for (const amount of amounts) {
    if (amount === null) return null
    sum += amount
  }
  return nanoUsd(sum)
}

/** All lines together. No task costs more than its limit: its calls are refused before. */
export const totalOf = (
  lines: readonly EstimateLine[],
  limitNanoUsd: NanoUsd | null,
): EstimateTotal => {
  const expected = sumOf(lines.map(({ expectedNanoUsd }) => expectedNanoUsd))
  const worst = sumOf(lines.map(({ worstNanoUsd }) => worstNanoUsd))
  const isLimited = limitNanoUsd !== null && (worst === null || limitNanoUsd < worst)
  return {
    expectedNanoUsd:
      expected !== null && isLimited ? nanoUsd(Math.min(expected, limitNanoUsd)) : expected,
    worstNanoUsd: isLimited ? limitNanoUsd : worst,
    worstBy: isLimited ? 'limit' : worst === null ? null : 'plan',
  }
}
