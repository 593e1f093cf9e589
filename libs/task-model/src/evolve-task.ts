import type { StepStatus } from '@maestro/contracts/task/task-status'
import { draftingStatus } from './drafting/drafting-status.ts'
import { withStep } from './execution/with-step.ts'
import type { EventOf } from './event-of.ts'
import { hasFailed } from './steering/step-can.ts'
import type { Approval, BornTask, Step } from './task.ts'

type TaskLifeEvent = EventOf<
  | 'TaskStarted'
  | 'TaskPaused'
  | 'TaskResumed'
  | 'TaskStepped'
  | 'TaskCancelled'
  | 'TaskSucceeded'
  | 'TaskFailed'
>

/** The task's own course: started, held, ended. */
export const evolveTask = (task: BornTask, event: TaskLifeEvent): BornTask => {
  switch (event.type) {
    case 'TaskStarted':
      return {
        ...task,
        status: 'running',
        stage: 'execution',
        startedAt: task.startedAt ?? event.at,
      }
    case 'TaskPaused':
      return {
        ...task,
        status: 'paused',
        pause: {
          reason: event.data.reason,
          note: event.data.note,
          at: event.at,
          refusal: event.data.refusal ?? null,
          ...(event.data.stepId !== undefined && { stepId: event.data.stepId }),
        },
        steppedIds: [],
      }
    case 'TaskResumed':
      return {
        ...passedBreakpoint(task),
        status: task.stage === 'execution' ? 'running' : draftingStatus(task),
        pause: null,
        steppedIds: [],
      }
    case 'TaskStepped':
      return { ...task, steppedIds: [...task.steppedIds, event.data.stepId] }
    case 'TaskCancelled':
      return ended(task, event, 'cancelled', 'cancelled', event.data.reason)
    case 'TaskFailed':
      return ended(task, event, 'failed', 'cancelled', event.data.reason)
    case 'TaskSucceeded':
      return {
        ...ended(task, event, 'succeeded', 'skipped', null),
        result: event.data.result,
        ...(event.data.cutShort !== undefined && { cutShort: event.data.cutShort }),
      }
    default:
      event satisfies never
      return task
  }
}

/** Whoever goes on after a breakpoint lets its step start. */
const passedBreakpoint = (task: BornTask): BornTask =>
  task.pause?.stepId === undefined
    ? task
    : withStep(task, task.pause.stepId, ({ breakpoint }) =>
        breakpoint === undefined ? {} : { breakpoint: 'passed' },
      )

const openStatuses: ReadonlySet<StepStatus> = new Set([
  'not-ready',
  'queued',
  'running',
  'retrying',
  'needs-you',
  'paused',
])

/** Nothing goes on after the end: what was open is closed with it. */
const ended = (
  task: BornTask,
  event: TaskLifeEvent,
  status: 'succeeded' | 'failed' | 'cancelled',
  openStepsBecome: StepStatus,
  failure: string | null,
): BornTask => ({
  ...task,
  status,
  stage: 'ended',
  pause: null,
  failure,
  endedAt: event.at,
  steps: Object.fromEntries(
    Object.entries<Step>(task.steps).map(([stepId, step]) => [
      stepId,
      openStatuses.has(step.status)
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
