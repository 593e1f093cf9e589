import { z } from 'zod'

export const TaskStatus = z.enum([
  'drafting',
  'awaiting-approval',
  'running',
  'paused',
  'succeeded',
  'failed',
  'cancelled',
])
export type TaskStatus = z.infer<typeof TaskStatus>

/** Something is still to come of the step. */
export const OpenStepStatus = z.enum([
  'not-ready',
  'queued',
  'running',
  'retrying',
  'needs-you',
  'paused',
])
export type OpenStepStatus = z.infer<typeof OpenStepStatus>

/** `cut-off`: money had run out before it was done, and a person ended the task with what was there. */
export const StepStatus = z.enum([
  ...OpenStepStatus.options,
  'done',
  'failed',
  'skipped',
  'cancelled',
  'cut-off',
  'reused',
])
export type StepStatus = z.infer<typeof StepStatus>

export const isOpenStep = (status: StepStatus): status is OpenStepStatus =>
  OpenStepStatus.options.some((open) => open === status)
