import { draftingStatus } from './drafting/drafting-status.ts'
import { ended } from './ended.ts'
import { withStep } from './execution/with-step.ts'
import type { EventOf } from './event-of.ts'
import type { BornTask } from './task.ts'

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
    case 'TaskSucceeded': {
      const { result, cutShort } = event.data
      if (cutShort === undefined)
        return { ...ended(task, event, 'succeeded', 'skipped', null), result }
      return { ...ended(task, event, 'succeeded', 'cut-off', null), result, cutShort }
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
