import type { TaskEvent } from '@maestro/contracts/task/task-events'
import { evolve } from '@maestro/task-model/evolve'
import { type BornTask, type Task, unbornTask } from '@maestro/task-model/task'
import { after, createWith } from '@maestro/task-model/testing/task-command-fixtures'
import { longTask } from '../orchestrator/long-task.ts'

/**
 * A task of some hundred thousand events: a plan of 256 steps, each of which goes through what one step
 * of a shorter task went through. Written down, not decided: deciding them all would take minutes.
 */
export const longHistory = (steps = 256): { task: BornTask; events: readonly TaskEvent[] } => {
  const names = Array.from({ length: steps }, (_, index) => `s${index}`)
  const plan = names.map((name, index) => [
    name,
    { needs: names.slice(Math.max(index - 1, 0), index) },
  ])
  const birth = after(
    createWith(Object.fromEntries(plan), {
      limits: { turnsMax: 100, durationMs: 7 * 24 * 3_600_000 },
    }),
  )
  const pattern = longTask()
    .commits.flat()
    .filter(({ data }) => 'stepId' in data && data.stepId === 'step_s1')
  const text = JSON.stringify(pattern)
  const lives = names.flatMap((name): TaskEvent[] =>
    JSON.parse(
      text
        .replaceAll('step_s1"', `step_${name}"`)
        .replaceAll('_s1_', `_${name}_`)
        .replaceAll('-of-s1"', `-of-${name}"`),
    ),
  )
  const events = [...birth, ...lives].map((event, index) => ({ ...event, seq: index + 1 }))
  const task = events.reduce<Task>(evolve, unbornTask)
  if (task.status === 'unborn') throw new Error('it was not born')
  return { task, events }
}
