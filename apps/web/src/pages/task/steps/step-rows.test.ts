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
import { stepRows, stepsAbove } from './step-rows.ts'

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
const shape = (...asked: Parameters<typeof stepRows>) =>
  stepRows(...asked).map(({ planned, level }) => `${level} ${planned.title}`)

test('what a step became stands below it, one level deeper, in its order', () => {
  const task = withItems(2)
  const [first, second, ...rest] = stepRows(task, new Map()).filter(({ level }) => level === 2)
  expect(rest).toEqual([])
  expect([first?.place, first?.places, second?.place]).toEqual([1, 2, 2])
  expect(first?.parentId).toBe(each)
  expect(stepRows(task, new Map()).map(({ level }) => level)).toEqual([1, 1, 2, 2, 1])
})

test('a plan that nothing runs by yet is told as it is proposed', () => {
  const events = after(create(), propose())
  const task = fold(events)
  if (task.status === 'unborn') throw new Error('it was born')
  expect(stepRows(task, new Map()).map(({ step, needs }) => [step, needs])).toEqual([
    [null, []],
    [null, [1]],
  ])
})

test('numbers stay those of the graph, whatever is closed', () => {
  const task = withItems(2)
  const closed = stepRows(task, new Map([[each, false]]))
  expect(closed.map(({ number }) => number)).toEqual([1, 2, 5])
  expect(closed[1]).toMatchObject({ canOpen: true, isOpen: false })
  expect(closed[2]).toMatchObject({ canOpen: false, needs: [2] })
})

test('very many parts wait until somebody opens them', () => {
  const task = withItems(40)
  expect(shape(task, new Map())).toHaveLength(3)
  expect(shape(task, new Map([[each, true]]))).toHaveLength(43)
})

test('what has to be open for a step to be seen is known', () => {
  const task = withItems(1)
  const item = task.order.find((stepId) => task.steps[stepId]?.partOf !== undefined)
  const above: readonly StepId[] = item === undefined ? [] : stepsAbove(task, item)
  expect(item).toBe(itemStepIdOf(each, 1, 1))
  expect(above).toEqual([each])
})
