import type { AppError } from '@maestro/contracts/errors'
import type { TaskId } from '@maestro/contracts/ids'
import type { StateDetail } from '@maestro/contracts/task/state-detail'
import { type Task, unbornTask } from '@maestro/task-model/task'
import type { TaskEventAt } from './task-event-at.ts'
import type { TaskTick } from './task-ticks.ts'

export type TaskView = {
  readonly status: 'loading' | 'ready' | 'failed'
  readonly error: AppError | null
  readonly mode: 'live' | 'replay'
  /** What is shown. */
  readonly seq: number
  readonly task: Task
  /** The shown state has neither the turns nor the finished calls of its steps: its events are on their way. */
  readonly isOutline: boolean
  /** The newest there is. */
  readonly head: number
  readonly headTask: Task
  /** Where a seek wants to go while its events are still being fetched. */
  readonly seekingTo: number | null
  /** Events 1 to this one are here. */
  readonly loaded: number
  readonly ticks: readonly TaskTick[]
}

/** `outline`: without turns and finished calls, as a long task is answered. */
export type ReadState = { seq: number; state: Task; detail: StateDetail }

/** What a session reads over HTTP. */
export type TaskReads = {
  getTask: (taskId: TaskId) => Promise<ReadState>
  /** In outline, wherever in its history. */
  getTaskAt: (taskId: TaskId, at: number) => Promise<ReadState>
  getEvents: (
    taskId: TaskId,
    range: { after: number; limit: number },
  ) => Promise<{ events: readonly TaskEventAt[]; head: number }>
  getTicks: (taskId: TaskId) => Promise<readonly TaskTick[]>
}

export const firstView: TaskView = {
  status: 'loading',
  error: null,
  mode: 'live',
  seq: 0,
  task: unbornTask,
  isOutline: false,
  head: 0,
  headTask: unbornTask,
  seekingTo: null,
  loaded: 0,
  ticks: [],
}
