/** The newest event that had happened at a moment; the first one before all. */
export const seqAtTime = (ticks: readonly { readonly atMs: number }[], atMs: number): number => {
  let low = 0
  let high = ticks.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((ticks[middle]?.atMs ?? 0) <= atMs) low = middle + 1
    else high = middle
  }
  return Math.max(1, low)
}
