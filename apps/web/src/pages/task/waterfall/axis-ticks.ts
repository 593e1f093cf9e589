import type { TimeScale } from './time-scale.ts'

const steps = [
  1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 15_000, 30_000, 60_000, 120_000,
  300_000, 600_000, 900_000, 1_800_000, 3_600_000, 7_200_000, 14_400_000, 43_200_000, 86_400_000,
]

/** Round moments, counted from the beginning of the task: at most so many. */
export const axisTicks = (
  scale: TimeScale,
  startMs: number,
  countMax: number,
): readonly number[] => {
  const foldedMs = scale.folds.reduce((sum, fold) => sum + fold.toMs - fold.fromMs, 0)
  const openMs = scale.toMs - scale.fromMs - foldedMs
  const dayMs = 86_400_000
  const step =
    steps.find((one) => openMs / one <= countMax) ?? Math.ceil(openMs / countMax / dayMs) * dayMs
  const ticks: number[] = []
  for (let offset = Math.ceil((scale.fromMs - startMs) / step) * step; ; offset += step) {
    const fold = scale.folds.find(
      ({ fromMs, toMs }) => startMs + offset > fromMs && startMs + offset < toMs,
    )
    // A wait of days is passed over at once.
    if (fold) offset = Math.ceil((fold.toMs - startMs) / step) * step
    if (startMs + offset > scale.toMs || ticks.length > 2 * countMax) return ticks
    ticks.push(startMs + offset)
  }
}
