import { createStored } from './stored.ts'

/** How a time of today is told: how long ago, or by the clock. */
export const shownTimes = createStored('maestro.times', ['relative', 'absolute'])

export const turnShownTimes = () =>
  shownTimes.setState(({ value }) => ({ value: value === 'relative' ? 'absolute' : 'relative' }))
