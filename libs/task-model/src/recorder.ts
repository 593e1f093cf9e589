import type { Actor } from '@maestro/contracts/actor'
import type { TaskId } from '@maestro/contracts/ids'
import type { TaskEvent, TaskFact } from '@maestro/contracts/task/task-events'
import { evolve } from './evolve.ts'
import type { BornTask, Task } from './task.ts'

/** Writes facts one after the other and keeps the state that each of them leads to. */
export type Recorder = {
  readonly at: string
  readonly events: readonly TaskEvent[]
  /** The state after everything recorded so far. */
  task: () => BornTask
  record: (fact: TaskFact) => void
}

export const createRecorder = (
  start: Task,
  { at, actor, taskId }: { at: string; actor: Actor; taskId: TaskId },
): Recorder => {
  const events: TaskEvent[] = []
  let task = start
  return {
    at,
    events,
    task: () => {
      if (task.status === 'unborn') throw new Error('nothing is recorded before TaskCreated')
      return task
    },
    record: (fact) => {
      const event = { ...fact, taskId, seq: task.seq + 1, at, actor } satisfies TaskEvent
      events.push(event)
      task = evolve(task, event)
    },
  }
}
