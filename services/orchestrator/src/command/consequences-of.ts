import type { TaskEvent } from '@maestro/contracts/task/task-events'
import { closedBy, type Effect, effectsOf } from '@maestro/task-model/effects-of'
import { evolve } from '@maestro/task-model/evolve'
import type { BornTask, Task } from '@maestro/task-model/task'

export type Consequences = {
  task: BornTask
  effects: readonly Effect[]
  closed: readonly string[]
  closesAllButCalls: boolean
}

/** Folds decided events and gathers the work that they ask for and the work that they answer. */
export const consequencesOf = (start: Task, events: readonly TaskEvent[]): Consequences => {
  const open = new Map<string, Effect>()
  const closed: string[] = []
  let closesAllButCalls = false
  let task = start
  for (const event of events) {
    const before = task
    task = evolve(task, event)
    if (task.status === 'unborn') continue
    const answered = closedBy(event, before)
    if (answered === 'all-but-calls') {
      closesAllButCalls = true
      for (const [id, effect] of open) if (effect.kind !== 'call') open.delete(id)
    } else {
      for (const id of answered) {
        open.delete(id)
        closed.push(id)
      }
    }
    for (const effect of effectsOf(event, task)) open.set(effect.id, effect)
  }
  if (task.status === 'unborn') throw new Error('events that do not bear a task')
  return { task, effects: [...open.values()], closed, closesAllButCalls }
}
