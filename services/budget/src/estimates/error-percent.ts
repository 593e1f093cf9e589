const tenth = (value: number) => Math.round(value * 10) / 10

/** How far something came out off what was told, in percent of that; below zero: it cost less. Null: nothing was told, or nothing came yet. */
export const errorPercent = (told: number | null, actual: number | null): number | null =>
  told === null || told === 0 || actual === null ? null : tenth(((actual - told) / told) * 100)

/** The middle one, or the mean of the two in the middle; null for none. */
export const medianOf = (values: readonly number[]): number | null => {
  const sorted = values.toSorted((a, b) => a - b)
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]]
  return low === undefined || high === undefined ? null : tenth((low + high) / 2)
}
