/** How long one call took, from asking to its first words and to its end. */
export type CallTimes = { firstMs: number; totalMs: number }

/** One call; `number` is its own. */
export type AskOnce = (number: number) => Promise<CallTimes>

export type CallFigures = {
  count: number
  perSecond: number
  totalMs: { p50: number; p99: number }
  firstMs: { p50: number; p99: number }
}

/** So many calls at once, each followed by the next, until the time or the number is up. */
export const runCalls = async (
  ask: AskOnce,
  { inFlight, runMs, callsMax }: { inFlight: number; runMs: number; callsMax: number },
): Promise<{ times: CallTimes[]; tookMs: number }> => {
  const times: CallTimes[] = []
  const startedMs = performance.now()
  let asked = 0
  const client = async () => {
    while (asked < callsMax && performance.now() - startedMs < runMs)
      times.push(await ask((asked += 1)))
  }
  await Promise.all(Array.from({ length: inFlight }, client))
  return { times, tookMs: performance.now() - startedMs }
}

export const figuresOf = (times: readonly CallTimes[], tookMs: number): CallFigures => {
  const percentiles = (key: keyof CallTimes) => {
    const sorted = Float64Array.from(times, (time) => time[key]).sort()
    const at = (share: number) =>
      sorted[Math.min(Math.floor(sorted.length * share), sorted.length - 1)] ?? 0
    return { p50: at(0.5), p99: at(0.99) }
  }
  return {
    count: times.length,
    perSecond: (times.length * 1_000) / tookMs,
    totalMs: percentiles('totalMs'),
    firstMs: percentiles('firstMs'),
  }
}
