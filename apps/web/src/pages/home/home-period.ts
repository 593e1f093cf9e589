import type { HomePeriod } from '../../paths.ts'

type Bounds = {
  readonly label: string
  /** Counted back from now. */
  readonly hours: number
  /** Whole days of the reader's zone that hold them: figures by agent and day are told by days. */
  readonly days: number
}

export const periodBounds: Record<HomePeriod, Bounds> = {
  '24h': { label: '24 hours', hours: 24, days: 2 },
  '7d': { label: '7 days', hours: 168, days: 8 },
  '30d': { label: '30 days', hours: 720, days: 31 },
}

/** Fewer bars are no picture. */
export const chartDaysMin = 8
