import type { TaskEvent } from '@maestro/contracts/task/task-events'
import { evolve } from '../evolve.ts'
import { outlineOf } from '../outline-of.ts'
import { type Task, unbornTask } from '../task.ts'

/** What comes of folding outlines on, each time `every` events more. */
export const foldOutlines = (events: readonly TaskEvent[], every: number): Task =>
  events.reduce<Task>((task, event) => {
    const folded = evolve(task, event)
    return event.seq % every === 0 ? outlined(folded) : folded
  }, unbornTask)

export const outlined = (task: Task): Task => (task.status === 'unborn' ? task : outlineOf(task))
