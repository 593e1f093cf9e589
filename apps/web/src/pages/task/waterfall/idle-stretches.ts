import type { Stretch } from '@maestro/task-model/time/divide-time'

const gapMsMin = 60_000
const gapShareMin = 0.1

/** Stretches in which nothing worked for longer than a minute, and than a tenth of all. */
export const idleStretches = (
  { fromMs, toMs }: Stretch,
  busy: readonly Stretch[],
): readonly Stretch[] => {
  const isLong = (one: Stretch) =>
    one.toMs - one.fromMs > gapMsMin && one.toMs - one.fromMs > (toMs - fromMs) * gapShareMin
  const idle: Stretch[] = []
  let sinceMs = fromMs
  for (const one of busy.toSorted((one, other) => one.fromMs - other.fromMs)) {
    if (one.fromMs > sinceMs) idle.push({ fromMs: sinceMs, toMs: Math.min(one.fromMs, toMs) })
    sinceMs = Math.max(sinceMs, one.toMs)
  }
  if (toMs > sinceMs) idle.push({ fromMs: sinceMs, toMs })
  return idle.filter(isLong)
}
