import { stepIdOf } from '@maestro/contracts/ids'
import type { TaskEvent } from '@maestro/contracts/task/task-events'
import { fold } from '@maestro/task-model/fold'
import type { BornTask, Step } from '@maestro/task-model/task'
import { createTimeBook } from '@maestro/task-model/time/time-book'
import { timeOfTask } from '@maestro/task-model/time/time-of-task'
import { describe, expect, test } from 'vitest'
import { criticalPathOfPlan } from './critical-path-of-plan.ts'

const atMs = (ms: number) => new Date(ms).toISOString()

type Times = { from?: number; to?: number; change?: Partial<Step> }
const step = (name: string, needs: readonly string[], { from, to, change }: Times = {}): Step =>
  ({
    stepId: stepIdOf(name),
    needs: needs.map(stepIdOf),
    status: to !== undefined ? 'done' : from !== undefined ? 'running' : 'not-ready',
    queuedAt: null,
    startedAt: from === undefined ? null : atMs(from),
    finishedAt: to === undefined ? null : atMs(to),
    ...change,
  }) as unknown as Step

const pathOf = (steps: readonly Step[], stage: BornTask['stage'] = 'execution') =>
  criticalPathOfPlan({
    stage,
    endedAt: stage === 'ended' ? atMs(1_000) : null,
    order: steps.map(({ stepId }) => stepId),
    steps: Object.fromEntries(steps.map((one) => [one.stepId, one])),
  } as unknown as BornTask).map((stepId) => stepId.slice('step_'.length))

test('of a plan that has not begun it is the longest way', () => {
  const steps = [step('a', []), step('b', ['a']), step('c', ['b']), step('d', ['a', 'c'])]
  expect(pathOf(steps)).toEqual(['a', 'b', 'c', 'd'])
})

test('while it runs, what took long pulls it over, and what is left counts as usual', () => {
  const begun = [
    step('a', [], { from: 0, to: 1_000 }),
    step('slow', ['a'], { from: 1_000, to: 9_000 }),
    step('quick', ['a'], { from: 1_000, to: 2_000 }),
  ]
  const end = step('end', ['quick', 'slow'])
  expect(pathOf([...begun, end])).toEqual(['a', 'slow', 'end'])
  // Two usual ones after the quick one end later than what waits for the slow one alone.
  expect(pathOf([...begun, step('x', ['quick']), step('y', ['x']), end])).toEqual([
    'a',
    'quick',
    'x',
    'y',
  ])
})

test('what is left out, and items, are on no path', () => {
  const skipped = step('b', ['a'], { change: { status: 'skipped' } })
  const item = step('c', ['a'], {
    from: 5,
    to: 90,
    change: { partOf: { parentId: stepIdOf('a'), number: 1 } },
  })
  expect(pathOf([step('a', [], { from: 0, to: 10 }), skipped, item], 'ended')).toEqual(['a'])
})

const histories = import.meta.glob<readonly TaskEvent[]>(
  '../../../../libs/task-model/history/*.json',
  { eager: true, import: 'events' },
)
test('there are recorded histories', () => expect(Object.keys(histories).length).toBeGreaterThan(9))
describe.each(Object.entries(histories))('in the recorded history %s', (_, events) => {
  test('it is at the end what the analytics tell', () => {
    const task = fold(events)
    // Of what is cut off at one moment none ended last.
    if (task.status === 'unborn' || task.stage !== 'ended' || task.status === 'cancelled') return
    const book = createTimeBook()
    for (const event of events) book.note(event)
    expect(criticalPathOfPlan(task)).toEqual(timeOfTask(book.read()).criticalPath)
  })
})
