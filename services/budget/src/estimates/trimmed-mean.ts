/** Of both ends: one task that ran wild, and one that broke off, say nothing about the next. */
const trimmedShare = 0.1

/** The mean without its extremes, rounded; null for nothing. */
export const trimmedMean = (values: readonly number[]): number | null => {
  if (values.length === 0) return null
  const trimmed = Math.ceil(values.length * trimmedShare)
  const kept = values
    .toSorted((a, b) => a - b)
    // Of one or two none can be left out.
    .slice(
      values.length > 2 * trimmed ? trimmed : 0,
      values.length > 2 * trimmed ? -trimmed : undefined,
    )
  return Math.round(kept.reduce((sum, value) => sum + value, 0) / kept.length)
}
