import type { StepStatus } from '@maestro/contracts/task/task-status'

/** An attempt is being made. */
export const isBusy = (status: StepStatus | undefined): boolean =>
  status === 'running' || status === 'retrying'
