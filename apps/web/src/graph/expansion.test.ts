import { fold } from '@maestro/task-model/fold'
import {
  after,
  answer,
  answerWhile,
  createWith,
  expandList,
} from '@maestro/task-model/testing/task-command-fixtures'
import type { TaskCommand } from '@maestro/task-model/task-command'
import { expect, test } from 'vitest'
import { unionOfPlans } from '../pages/task/union-of-plans.ts'
import { expansionWords } from './expansion-words.ts'
import { toGraph } from './to-graph.ts'

const forEach = { list: 'outputs.a', parallelMax: 2, itemsMax: 50 }
const listed = createWith({ a: [], b: { needs: ['a'], forEach }, c: ['b'] })
const items = (count: number) => Array.from({ length: count }, (_, index) => `${index}`)

const taskAfter = (...commands: readonly TaskCommand[]) => {
  const task = fold(after(...commands))
  if (task.status === 'unborn') throw new Error('the task is not born')
  return task
}

test('items have cards behind the step that became them, and the layout knows them', () => {
  const task = taskAfter(listed, answer('a'), expandList('b', items(3)), answer('b_i1'))
  const { nodes, edges } = toGraph(task)
  expect(nodes.map(({ stepId }) => stepId)).toEqual([
    'step_a',
    'step_b',
    'step_b_i1',
    'step_b_i2',
    'step_b_i3',
    'step_c',
  ])
  expect(edges.map(({ id }) => id)).toEqual([
    'step_a>step_b',
    'step_b>step_c',
    'step_b>step_b_i1',
    'step_b>step_b_i2',
    'step_b>step_b_i3',
  ])
  expect(unionOfPlans(task).outline.ids).toContain('step_b_i3')
  const b = nodes[1] && task.steps[nodes[1].stepId]
  expect(b && expansionWords(b, task)).toBe('1 of 3 items')
})

test('very many items stay behind the card of their step', () => {
  const task = taskAfter(listed, answer('a'), expandList('b', items(13)))
  expect(toGraph(task).nodes).toHaveLength(3)
  expect(unionOfPlans(task).outline.ids).toHaveLength(3)
})

test('rounds follow each other', () => {
  const repeat = { while: 'round < 2', timesMax: 3 }
  const task = taskAfter(createWith({ a: { repeat } }), answer('a_r1'), answerWhile('a', 1, true))
  expect(toGraph(task).edges.map(({ id }) => id)).toEqual([
    'step_a>step_a_r1',
    'step_a_r1>step_a_r2',
  ])
  const [a] = Object.values(task.steps)
  expect(a && expansionWords(a, task)).toBe('round 2 of at most 3')
})
