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

export const StepStatus = z.enum([
  'not-ready',
  'queued',
  'running',
  'retrying',
  'needs-you',
  'paused',
  'done',
  'failed',
  'skipped',
  'cancelled',
  'reused',
])
export type StepStatus = z.infer<typeof StepStatus>
