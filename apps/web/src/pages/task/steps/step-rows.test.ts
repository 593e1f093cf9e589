import { itemStepIdOf, type StepId, stepIdOf } from '@maestro/contracts/ids'
import { fold } from '@maestro/task-model/fold'
import {
  after,
  answer,
  create,
  createWith,
  expandList,
  propose,
} from '@maestro/task-model/testing/task-command-fixtures'
import { expect, test } from 'vitest'
import { fitsStepFilter, type StepFilter } from './step-filter.ts'
import { stepItems, stepsAbove } from './step-items.ts'
import { type Folds, type Look, stepRows, type TreeRow } from './step-rows.ts'

const withItems = (items: number) => {
  const forEach = { list: 'a.output', parallelMax: 4, itemsMax: 100 }
  const texts = Array.from({ length: items }, (_, index) => `item ${index}`)
  const task = fold(
    after(
      createWith({ a: {}, each: { needs: ['a'], forEach }, last: ['each'] }),
      answer('a'),
      expandList('each', texts),
    ),
  )
  if (task.status === 'unborn') throw new Error('it was born')
  return task
}
const each = stepIdOf('each')
const unfolded: Folds = new Map()
const plain: Look = { folds: unfolded, fits: null, sections: null }
const isStep = (row: TreeRow) => row.kind === 'step'
const rowsOf = (task: ReturnType<typeof withItems>, look: Partial<Look> = {}) =>
  stepRows(stepItems(task), { ...plain, ...look })
const stepsOf = (...asked: Parameters<typeof rowsOf>) => rowsOf(...asked).filter(isStep)
const titles = (...asked: Parameters<typeof rowsOf>) =>
  rowsOf(...asked).map(
    (row) => `${row.level} ${row.kind === 'step' ? row.planned.title : row.title}`,
  )
const filtered = (filter: StepFilter) => ({
  fits: (item: Parameters<typeof fitsStepFilter>[0]) => fitsStepFilter(item, filter),
})

test('what a step became stands below it, one level deeper, in its order', () => {
  const task = withItems(2)
  const [first, second, ...rest] = stepsOf(task).filter(({ level }) => level === 2)
  expect(rest).toEqual([])
  expect([first?.place, first?.places, second?.place]).toEqual([1, 2, 2])
  expect(first?.parentId).toBe(each)
  expect(rowsOf(task).map(({ level }) => level)).toEqual([1, 1, 2, 2, 1])
})

test('a plan that nothing runs by yet is told as it is proposed', () => {
  const events = after(create(), propose())
  const task = fold(events)
  if (task.status === 'unborn') throw new Error('it was born')
  expect(stepsOf(task).map(({ step, needs }) => [step, needs])).toEqual([
    [null, []],
    [null, [1]],
  ])
})

test('numbers stay those of the graph, whatever is closed', () => {
  const task = withItems(2)
  const closed = stepsOf(task, { folds: new Map([[each, false]]) })
  expect(closed.map(({ number }) => number)).toEqual([1, 2, 5])
  expect(closed[1]).toMatchObject({ canOpen: true, isOpen: false })
  expect(closed[2]).toMatchObject({ canOpen: false, needs: [2] })
})

test('very many parts wait until somebody opens them', () => {
  const task = withItems(40)
  expect(titles(task)).toHaveLength(3)
  expect(titles(task, { folds: new Map([[each, true]]) })).toHaveLength(43)
})

test('what has to be open for a step to be seen is known', () => {
  const task = withItems(1)
  const item = task.order.find((stepId) => task.steps[stepId]?.partOf !== undefined)
  const above: readonly StepId[] = item === undefined ? [] : stepsAbove(task, item)
  expect(item).toBe(itemStepIdOf(each, 1, 1))
  expect(above).toEqual([each])
})

test('a filter shows what fits and what holds it, however many parts there are', () => {
  const task = withItems(40)
  expect(titles(task, filtered({ find: 'each' }))[0]).toBe('1 EACH')
  const done = rowsOf(task, filtered({ only: 'done' }))
  expect(done.map((row) => row.kind === 'step' && row.planned.title)).toEqual(['A'])
  const running = stepsOf(task, filtered({ only: 'running', find: '3' }))
  expect(running.length).toBeGreaterThan(0)
  for (const { isAround, step } of running) if (!isAround) expect(step?.status).toBe('running')
  expect(rowsOf(task, filtered({ agent: 'nobody' }))).toEqual([])
})

test('a plan in sections stands below one row for each, which counts its steps while it is closed', () => {
  const task = withItems(3)
  const parts = task.order.filter((stepId) => task.steps[stepId]?.partOf !== undefined)
  const all = [{ key: 'of-each', title: 'Each', stepIds: [each, ...parts] }]
  expect(titles(task, { sections: { all, open: new Set() } })).toEqual(['1 A', '1 Each', '1 LAST'])
  const [, section] = rowsOf(task, { sections: { all, open: new Set() } })
  const counts = section?.kind === 'section' ? Object.values(section.counts) : []
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(4)
  expect(
    rowsOf(task, { sections: { all, open: new Set(['of-each']) } }).map(({ level }) => level),
  ).toEqual([1, 1, 2, 3, 3, 3, 1])
  // A filter looks through all of them.
  expect(
    rowsOf(task, { ...filtered({ find: 'each' }), sections: { all, open: new Set() } }).every(
      isStep,
    ),
  ).toBe(true)
})
