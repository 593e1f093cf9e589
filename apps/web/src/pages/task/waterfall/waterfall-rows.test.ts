import type { TaskEvent } from '@maestro/contracts/task/task-events'
import { fold } from '@maestro/task-model/fold'
import {
  after,
  answer,
  create,
  createWith,
  decideOn,
} from '@maestro/task-model/testing/task-command-fixtures'
import { planOf } from '@maestro/task-model/testing/task-fixtures'
import { createSimulation, liveToTheEnd } from '@maestro/task-model/testing/task-simulation'
import { createTimeBook } from '@maestro/task-model/time/time-book'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sortRows, waterfallOf } from './waterfall-rows.ts'

const simulation = createSimulation(create({ plan: planOf({ a: [], b: ['a'], c: ['a'] }) }))
liveToTheEnd(simulation, () => 0)

const startMs = Date.parse('2026-01-01T00:00:00.000Z')
/** The same events, each so long after the one before. */
const paced = (paces: readonly number[]): readonly TaskEvent[] => {
  let atMs = startMs
  return simulation.events.map((event, index) => {
    atMs += paces[index % paces.length] ?? 0
    return { ...event, at: new Date(atMs).toISOString() }
  })
}
const told = (events: readonly TaskEvent[]) => {
  const task = fold(events)
  if (task.status === 'unborn') throw new Error('the task is not born')
  const book = createTimeBook()
  for (const event of events) book.note(event)
  return waterfallOf(task, book.read())
}

test('at every position the pieces of a row fill its time, and lie within the task', () =>
  fc.assert(
    fc.property(
      fc.array(fc.nat(5_000), { minLength: 1, maxLength: 20 }),
      fc.integer({ min: 1, max: simulation.events.length }),
      (paces, end) => {
        const { rows, fromMs, toMs } = told(paced(paces).slice(0, end))
        for (const { pieces, durationMs } of rows) {
          const lengths = pieces.map((piece) => piece.toMs - piece.fromMs)
          expect(lengths.reduce((sum, ms) => sum + ms, 0)).toBe(durationMs)
          for (const piece of pieces) {
            expect(piece.fromMs).toBeGreaterThanOrEqual(fromMs)
            expect(piece.toMs).toBeLessThanOrEqual(toMs)
          }
        }
      },
    ),
    { numRuns: 40 },
  ))

test('each step of the task has a row, and the path leads through the slower of two', () => {
  const { rows, critical } = told(paced([100]))
  expect(rows.flatMap(({ stepId }) => stepId ?? []).toSorted()).toEqual([
    'step_a',
    'step_b',
    'step_c',
  ])
  expect(critical[0]?.stepId).toBe('step_a')
  expect(rows.filter(({ isCritical }) => isCritical)).toHaveLength(critical.length)
})

test('rows stand as they are asked for, what belongs to no step first', () => {
  const [first, ...others] = told(paced([100, 700, 300])).rows
  if (!first) throw new Error('there is no row')
  const rows = [...others, first, { ...first, stepId: null, fromMs: first.toMs, durationMs: 0 }]
  for (const order of ['start', 'duration', 'cost'] as const) {
    const sorted = sortRows(rows, order)
    expect(sorted[0]?.stepId).toBeNull()
    expect(sorted).toHaveLength(rows.length)
  }
  const durations = sortRows(rows, 'duration').flatMap((row) =>
    row.stepId === null ? [] : [row.durationMs],
  )
  expect(durations).toEqual(durations.toSorted((one, other) => other - one))
})

test('what was waited for is told with whose wait it was, and which step held the end up longest', () => {
  let atMs = startMs
  const events = after(
    createWith({ a: {}, b: { needs: ['a'], gate: true } }),
    answer('a'),
    decideOn('step-b', 'approve'),
    answer('b'),
  ).map((event): TaskEvent => {
    atMs += event.type === 'ApprovalDecided' ? 60_000 : 100
    return { ...event, at: new Date(atMs).toISOString() }
  })
  const { bottlenecks, critical } = told(events)
  expect(bottlenecks.waits[0]).toMatchObject({ kind: 'person', stepId: 'step_b', title: 'B' })
  expect(bottlenecks.waits[0]?.share).toBeGreaterThan(0.9)
  expect(bottlenecks.steps[0]).toEqual(critical.find(({ stepId }) => stepId === 'step_b'))
  expect(bottlenecks.agents).toMatchObject([{ agent: 'worker', share: 1 }])
})
