const unitMs = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1_000, ms: 1 } as const

/** No quota lasts longer, and a timer cannot hold a delay of more than 24.8 days. */
export const retryDelayMaxMs = 86_400_000

const bounded = (ms: number) => Math.min(Math.max(0, Math.ceil(ms)), retryDelayMaxMs)

/** "2m59.56s" → 179,560; "45.837906927s" → 45,838; null when it is no duration. */
export const durationMs = (text: string): number | null => {
  if (!/^(?:\d+(?:\.\d+)?(?:ms|[dhms]))+$/.test(text)) return null
  let total = 0
  for (const [, amount, unit] of text.matchAll(/(\d+(?:\.\d+)?)(ms|[dhms])/g))
    total += Number(amount) * unitMs[unit as keyof typeof unitMs]
  return bounded(total)
}

/** A `Retry-After` header: seconds, or a date. */
export const retryAfterMs = (header: string | null, nowMs: number): number | null => {
  if (header === null || header.trim() === '') return null
  const seconds = Number(header)
  if (Number.isFinite(seconds)) return bounded(seconds * 1_000)
  const date = Date.parse(header)
  return Number.isNaN(date) ? null : bounded(date - nowMs)
}

/** "Please try again in 7m12.5s." or "Please retry in 45.8s." */
export const delayInText = (text: string): number | null => {
  const found = /(?:try again|retry) in ((?:\d+(?:\.\d+)?(?:ms|[dhms]))+)/i.exec(text)
  return found?.[1] === undefined ? null : durationMs(found[1])
}
