import { outlineOf } from '@maestro/task-model/outline-of'
import { evolve } from '@maestro/task-model/evolve'
import { type BornTask, type Task, unbornTask } from '@maestro/task-model/task'
import { after, createWith } from '@maestro/task-model/testing/task-command-fixtures'
import { expect, test } from 'vitest'
import { packState, unpackState } from './packed-state.ts'

const taskOf = (steps: number): BornTask => {
  const plan = Array.from({ length: steps }, (_, index) => [`s${index}`, { needs: [] }] as const)
  const task = after(createWith(Object.fromEntries(plan))).reduce<Task>(evolve, unbornTask)
  if (task.status === 'unborn') throw new Error('it was not born')
  return task
}

test.each([1, 40, 300])(
  'a state of %d steps comes back as the very same bytes of JSON',
  (steps) => {
    for (const task of [taskOf(steps), outlineOf(taskOf(steps))]) {
      const { data, characters } = packState(task)
      const kept = unpackState(data)
      expect(JSON.stringify(kept.task)).toBe(JSON.stringify(task))
      expect(kept.characters).toBe(characters)
      expect(data.length).toBeLessThan(characters)
    }
  },
)
