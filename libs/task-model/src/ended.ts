import { isOpenStep, type StepStatus } from '@maestro/contracts/task/task-status'
import { hasFailed } from './steering/step-can.ts'
import type { Approval, BornTask, Step } from './task.ts'

/** Nothing goes on after the end: what was open is closed with it. */
export const ended = (
  task: BornTask,
  { at }: { at: string },
  status: 'succeeded' | 'failed' | 'cancelled',
  openStepsBecome: StepStatus,
  failure: string | null,
): BornTask => ({
  ...task,
  status,
  stage: 'ended',
  pause: null,
  failure,
  endedAt: at,
  steps: Object.fromEntries(
    Object.entries<Step>(task.steps).map(([stepId, step]) => [
      stepId,
      isOpenStep(step.status)
        ? { ...step, status: hasFailed(step) ? 'failed' : openStepsBecome, phase: null }
        : step,
    ]),
  ),
  approvals: Object.fromEntries(
    Object.entries<Approval>(task.approvals).map(([approvalId, approval]) => [
      approvalId,
      approval.status === 'open' ? { ...approval, status: 'withdrawn' as const } : approval,
    ]),
  ),
})
