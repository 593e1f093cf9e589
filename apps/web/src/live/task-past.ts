import { type Task, unbornTask } from '@maestro/task-model/task'
import { foldAt, type TaskEventAt } from './task-event-at.ts'
import { createTaskHistory } from './task-history.ts'
import { shapeOf } from './task-length.ts'
import { createTickList, keptMomentOf, type KeptMoment, type TicksRead } from './task-ticks.ts'

/**
 * What is here of all that a task has been: events and states, a bounded number of them; every tick; the
 * moments that people come back to.
 */
export const createTaskPast = () => {
  const history = createTaskHistory<TaskEventAt, Task>({
    fold: foldAt,
    unborn: unbornTask,
    shape: shapeOf,
  })
  const ticks = createTickList()
  let kept: readonly KeptMoment[] = []
  let held = { count: 0 }
  let isHeldNew = false

  const put = (events: readonly TaskEventAt[]) => {
    history.put(events)
    isHeldNew = true
    for (const event of events) ticks.add(event)
    // A tick may have waited for one before it.
    const next = () => history.event(ticks.list.length + 1)
    for (let event = next(); event; event = next()) ticks.add(event)
  }

  return {
    history,
    ticks: ticks.list,
    kept: () => kept,
    /** Which events are here changes with this object. */
    held: () => {
      if (isHeldNew) held = { count: history.count() }
      isHeldNew = false
      return held
    },
    /** Something was told of events that are not held: whoever looks at `held` looks again. */
    renewHeld: () => void (isHeldNew = true),
    /** Events of anywhere. */
    put,
    /** The newest event. */
    keepMomentOf: (event: TaskEventAt) => {
      const moment = keptMomentOf(event)
      if (moment !== null) kept = [...kept, moment]
    },
    takeTicks: (read: TicksRead) => {
      ticks.extend(read.ticks)
      // What came meanwhile is newer than what was read.
      const lastRead = read.kept.at(-1)?.seq ?? 0
      kept = [...read.kept, ...kept.filter(({ seq }) => seq > lastRead)]
      put([])
    },
  }
}
export type TaskPast = ReturnType<typeof createTaskPast>
