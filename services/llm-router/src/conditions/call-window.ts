// How calls went lately, as counts that add up: those of any number of workers, and of any number of
// minutes. A time is counted in a bucket a fifth wider than the one before, so a percentile is
// exact to a fifth of itself.

/** Field → how often. Fields are `l12` (latency, bucket 12), `f9` (first token), and `o` with the outcome. */
export type Counts = ReadonlyMap<string, number>

export type CallSample = {
  /** `answered`, or the class of the failure. */
  outcome: string
  latencyMs: number
  firstTokenMs: number | null
}

export const minuteMs = 60_000
/** How far back figures look. */
export const windowMinutes = 10

const bucketGrowth = 1.2
/** Ten minutes: no attempt takes longer. */
const bucketMax = 73

export const bucketOf = (ms: number): number =>
  Math.min(Math.max(Math.ceil(Math.log(Math.max(ms, 1)) / Math.log(bucketGrowth)), 0), bucketMax)

/** The longest time of a bucket. */
export const msOfBucket = (bucket: number): number => Math.round(bucketGrowth ** bucket)

/** Only answers say how long an answer takes. */
export const fieldsOf = ({ outcome, latencyMs, firstTokenMs }: CallSample): readonly string[] => [
  `o${outcome}`,
  ...(outcome === 'answered' ? [`l${bucketOf(latencyMs)}`] : []),
  ...(outcome === 'answered' && firstTokenMs !== null ? [`f${bucketOf(firstTokenMs)}`] : []),
]

export const addCounts = (one: Counts, other: Counts): Counts => {
  const sum = new Map(one)
  for (const [field, count] of other) sum.set(field, (sum.get(field) ?? 0) + count)
  return sum
}

/** In milliseconds, rounded up to its bucket; null while nothing was counted. */
export const percentileOf = (counts: Counts, kind: 'l' | 'f', share: number): number | null => {
  const buckets = [...counts]
    .flatMap(([field, count]): [number, number][] =>
      field.startsWith(kind) ? [[Number(field.slice(1)), count]] : [],
    )
    .sort(([one], [other]) => one - other)
  const total = buckets.reduce((sum, [, count]) => sum + count, 0)
  let seen = 0
  for (const [bucket, count] of buckets) {
    seen += count
    if (seen >= total * share) return msOfBucket(bucket)
  }
  return null
}

/** How calls went over a window of time. */
export type CallFigures = {
  calls: number
  /** Of failures, by class; those that were ended by us are none. */
  failures: ReadonlyMap<string, number>
  latencyMs: { p50: number; p95: number } | null
  firstTokenMs: { p50: number; p95: number } | null
}

export const figuresOf = (counts: Counts): CallFigures => {
  const outcomes = [...counts].flatMap(([field, count]): [string, number][] =>
    field.startsWith('o') ? [[field.slice(1), count]] : [],
  )
  const both = (kind: 'l' | 'f') => {
    const p50 = percentileOf(counts, kind, 0.5)
    const p95 = percentileOf(counts, kind, 0.95)
    return p50 === null || p95 === null ? null : { p50, p95 }
  }
  return {
    calls: outcomes.reduce((sum, [, count]) => sum + count, 0),
    failures: new Map(outcomes.filter(([outcome]) => outcome !== 'answered')),
    latencyMs: both('l'),
    firstTokenMs: both('f'),
  }
}

export const minuteOf = (nowMs: number): number => Math.floor(nowMs / minuteMs)

/** Whether a minute still lies in the window. */
export const isInWindow = (minute: number, nowMs: number): boolean =>
  minute > minuteOf(nowMs) - windowMinutes
