import type { Step } from '../task.ts'

/** A step that became several goes on with what it became, as its next run. `kept`: how many of those stay. */
export type Reopening = { step: Step; kept: number }
