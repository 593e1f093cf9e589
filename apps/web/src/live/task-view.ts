import type { AppError } from '@maestro/contracts/errors'
import type { TaskId } from '@maestro/contracts/ids'
import type { StateDetail } from '@maestro/contracts/task/state-detail'
import { type Task, unbornTask } from '@maestro/task-model/task'
import type { TaskEventAt } from './task-event-at.ts'
import type { KeptMoment, TaskTick, TicksRead } from './task-ticks.ts'

export type TaskView = {
  readonly status: 'loading' | 'ready' | 'failed'
  readonly error: AppError | null
  readonly mode: 'live' | 'replay'
  /** What is shown. */
  readonly seq: number
  readonly task: Task
  /** The shown state is one of a long task: it lacks the turns and the finished calls of its steps, see `useWholeStep`. */
  readonly isOutline: boolean
  /** The newest there is. */
  readonly head: number
  readonly headTask: Task
  /** Where a seek wants to go while what it needs is being fetched. */
  readonly seekingTo: number | null
  /** Which events are here changes with this object; `count` says how many. */
  readonly held: { readonly count: number }
  readonly ticks: readonly TaskTick[]
  /** Moments that the timeline keeps a state of because people come back to them. */
  readonly kept: readonly KeptMoment[]
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
  getTicks: (taskId: TaskId) => Promise<TicksRead>
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
  held: { count: 0 },
  ticks: [],
  kept: [],
}
