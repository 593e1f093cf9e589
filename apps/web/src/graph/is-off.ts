import type { StepStatus } from '@maestro/contracts/task/task-status'

/** Nothing came or comes from it: what leads to it is no way that the work takes. */
export const isOff = (status: StepStatus | undefined): boolean =>
  status === 'skipped' || status === 'cancelled' || status === 'cut-off'
