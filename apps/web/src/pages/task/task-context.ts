import type { StepId } from '@maestro/contracts/ids'
import type { BornTask, Step, Task } from '@maestro/task-model/task'
import { createContext, use, useSyncExternalStore } from 'react'
import { useStore } from 'zustand'
import type { TaskSession } from '../../live/task-session.ts'
import type { TaskView } from '../../live/task-view.ts'

export const TaskContext = createContext<TaskSession | null>(null)

export const useTaskSession = (): TaskSession => {
  const session = use(TaskContext)
  if (session === null) throw new Error('there is no TaskContext around this component')
  return session
}

/** A part of what the session shows. Whatever is selected must be the same object while it has not changed. */
export const useView = <Part>(select: (view: TaskView) => Part): Part =>
  useStore(useTaskSession().view, select)

/** A part of the shown task; `otherwise` before it was born. */
export const useShown = <Part>(select: (task: BornTask) => Part, otherwise: Part): Part =>
  useView(({ task }) => (task.status === 'unborn' ? otherwise : select(task)))

export const useStep = (stepId: StepId): Step | null =>
  useShown((task) => task.steps[stepId] ?? null, null)

/** The text so far of a running call. Only live: the past is told by the journaled answers. */
export const useCallText = (callId: string | null): string => {
  const { deltas } = useTaskSession()
  return useSyncExternalStore(
    (listener) => (callId === null ? () => {} : deltas.watch(callId, listener)),
    () => (callId === null ? '' : deltas.get(callId)),
  )
}

/** When the shown moment is: now while live and running, else the time of its newest event. */
export const shownMs = (task: Task, isLive: boolean, now: number): number => {
  if (task.status === 'unborn') return now
  if (task.endedAt !== null) return Date.parse(task.endedAt)
  return isLive ? now : Date.parse(task.updatedAt)
}
