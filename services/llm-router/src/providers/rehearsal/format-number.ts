const grouped = new Intl.NumberFormat('en-US', {
  maximumFractionDigits: 2,
  signDisplay: 'negative',
})
const plain = new Intl.NumberFormat('en-US', {
  maximumFractionDigits: 2,
  useGrouping: false,
  signDisplay: 'negative',
})
const small = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 4, useGrouping: false })

/** For people: two decimals, or four digits below one; groups of three from 10,000 on, so that years stay years. */
export const formatNumber = (value: number): string => {
  const size = Math.abs(value)
  if (!Number.isFinite(value)) return '–'
  if (size >= 1e15 || (size > 0 && size < 1e-6)) return value.toPrecision(4)
  if (size >= 10_000) return grouped.format(value)
  return size >= 1 || size === 0 ? plain.format(value) : small.format(value)
}

/** "1 row", "2 rows". */
export const formatCount = (count: number, one: string, many = `${one}s`): string =>
  `${formatNumber(count)} ${count === 1 ? one : many}`
