import { EstimateBasis, type EstimateLine } from '@maestro/contracts/budget/estimate-endpoints'
import { type NanoUsd, nanoUsd } from '@maestro/contracts/money/nano-usd'

/** So many times as much; null while it is not known, and where it is more than anybody can pay. */
export const timesOf = (amount: NanoUsd | null, times: number): NanoUsd | null => {
  if (amount === null) return null
  const product = Math.ceil(amount * times)
  return Number.isSafeInteger(product) ? nanoUsd(product) : null
}

/** What is expected, so many times. */
export const timesLine = (line: EstimateLine, times: number): EstimateLine => ({
  ...line,
  expectedNanoUsd: timesOf(line.expectedNanoUsd, times),
  expectedInputTokens: countOf(line.expectedInputTokens, times),
  expectedOutputTokens: countOf(line.expectedOutputTokens, times),
})

const countOf = (count: number | null, times: number) =>
  count === null ? null : Math.ceil(count * times)

/** The dearest of them; null where one of them has no bound. */
export const worstOfLines = (lines: readonly EstimateLine[]): NanoUsd | null => {
  let worst = 0
  for (const { worstNanoUsd } of lines) {
    if (worstNanoUsd === null) return null
    worst = Math.max(worst, worstNanoUsd)
  }
  return nanoUsd(worst)
}

/** One line for all: it rests on the weakest of what they rest on. Who answers first is named. */
export const sumOfLines = ([first, ...rest]: readonly EstimateLine[]): EstimateLine => {
  if (first === undefined) throw new Error('a step has work')
  return rest.reduce(
    (sum, line) => ({
      ...sum,
      basis: weaker(sum.basis, line.basis),
      samples: Math.min(sum.samples, line.samples),
      expectedNanoUsd: moneyOf(sum.expectedNanoUsd, line.expectedNanoUsd),
      expectedInputTokens: plus(sum.expectedInputTokens, line.expectedInputTokens),
      expectedOutputTokens: plus(sum.expectedOutputTokens, line.expectedOutputTokens),
      worstNanoUsd: moneyOf(sum.worstNanoUsd, line.worstNanoUsd),
    }),
    first,
  )
}

const weaker = (one: EstimateBasis, other: EstimateBasis): EstimateBasis => {
  const { options } = EstimateBasis
  return options.indexOf(one) > options.indexOf(other) ? one : other
}

const plus = (one: number | null, other: number | null): number | null =>
  one === null || other === null ? null : one + other

const moneyOf = (one: NanoUsd | null, other: NanoUsd | null): NanoUsd | null => {
  const sum = plus(one, other)
  return sum === null || !Number.isSafeInteger(sum) ? null : nanoUsd(sum)
}
