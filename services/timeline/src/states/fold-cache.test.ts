import { TaskId } from '@maestro/contracts/ids'
import type { Task } from '@maestro/task-model/task'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createFoldCache, type Folding } from './fold-cache.ts'

const taskId = TaskId.parse('task_1')
const at = (seq: number): Folding => ({
  // The cache looks at nothing but the position.
  task: { status: 'running', seq } as Task,
  snapshotSeq: 0,
  characters: 0,
})

test('knows nothing of a task that nobody asked for', () => {
  expect(createFoldCache({ every: 10 }).nearest(taskId, 5)).toBeNull()
})

test('never gives a state that lies after the position', () =>
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 1, max: 5_000 })), { minLength: 1 }),
      fc.integer({ min: 1, max: 5_000 }),
      (passed, wanted) => {
        const cache = createFoldCache({ every: 10 })
        for (const [isAsked, seq] of passed) {
          if (isAsked) cache.keep(taskId, at(seq))
          else cache.pass(taskId, at(seq))
        }
        const found = cache.nearest(taskId, wanted)
        if (found) expect(found.task.seq).toBeLessThanOrEqual(wanted)
      },
    ),
  ))

test('after one walk to the end of a long task, a jump to anywhere is near a state, and the states are few', () => {
  const cache = createFoldCache({ every: 200 })
  for (let seq = 1; seq <= 100_000; seq += 1) cache.pass(taskId, at(seq))
  cache.keep(taskId, at(100_000))
  for (let wanted = 6_500; wanted < 100_000; wanted += 997) {
    const found = cache.nearest(taskId, wanted)
    expect(wanted - (found?.task.seq ?? 0)).toBeLessThanOrEqual(6_400)
  }
})
