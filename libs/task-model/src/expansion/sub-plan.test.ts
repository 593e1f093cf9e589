import { stepIdOf } from '@maestro/contracts/ids'
import { describe, expect, test } from 'vitest'
import { fold } from '../fold.ts'
import type { BornTask } from '../task.ts'
import type { TaskCommand } from '../task-command.ts'
import { rerunFrom } from '../testing/steering-command-fixtures.ts'
import {
  after,
  answer,
  answerCondition,
  collectOutputs,
  createWith,
  expandList,
  failStep,
} from '../testing/task-command-fixtures.ts'

const taskAfter = (...commands: readonly TaskCommand[]): BornTask => {
  const task = fold(after(...commands))
  if (task.status === 'unborn') throw new Error('the task is not born')
  return task
}
const stepOf = (task: BornTask, name: string) => task.steps[stepIdOf(name)]
const statuses = (task: BornTask) =>
  task.order.map((stepId) => `${stepId.slice('step_'.length)} ${task.steps[stepId]?.status}`)

const subPlan = { left: ['a'], right: [], both: ['left', 'right'] }
const plan = { a: [], b: { needs: ['a'], subPlan }, c: ['b'] }

describe('a step with a plan of its own', () => {
  test('becomes the steps of that plan when its turn comes, which need each other and what it needs', () => {
    const task = taskAfter(createWith(plan), answer('a'))
    expect(statuses(task)).toEqual([
      'a done',
      'b running',
      'b_p-left running',
      'b_p-right running',
      'b_p-both not-ready',
      'c not-ready',
    ])
    expect(stepOf(task, 'b_p-left')).toMatchObject({
      title: 'B: LEFT',
      needs: ['step_a'],
      partOf: { parentId: 'step_b', isHeld: true },
    })
    expect(stepOf(task, 'b_p-both')?.needs).toEqual(['step_b_p-left', 'step_b_p-right'])
  })

  test('delivers what the result of that plan delivers', () => {
    const task = taskAfter(
      createWith(plan),
      answer('a'),
      answer('b_p-left'),
      answer('b_p-right'),
      answer('b_p-both', { text: 'whole' }),
    )
    expect(stepOf(task, 'b')).toMatchObject({ status: 'done', output: { preview: 'whole' } })
    expect(stepOf(task, 'c')?.status).toBe('running')
  })

  test('fails with a step of that plan, and what has not begun is left out', () => {
    const task = taskAfter(
      createWith(plan),
      answer('a'),
      failStep('b_p-left', 'no_provider'),
      answer('b_p-right'),
    )
    expect(statuses(task)).toContain('b_p-both skipped')
    expect(stepOf(task, 'b')?.failure).toContain('"B: LEFT" failed: it was no_provider')
    expect(task.status).toBe('failed')
  })

  test('goes on without a step of that plan whose failure is to be skipped, and without what needs that one', () => {
    const failing = { one: { onFailure: 'skip' as const }, two: ['one'], three: [] }
    const task = taskAfter(
      createWith({ b: { subPlan: failing } }),
      failStep('b_p-one', 'no_provider'),
      answer('b_p-three', { text: 'whole' }),
    )
    expect(statuses(task)).toEqual([
      'b done',
      'b_p-one failed',
      'b_p-two skipped',
      'b_p-three done',
    ])
    expect(task.status).toBe('succeeded')
  })

  test('is skipped when what delivers for it was skipped', () => {
    const task = taskAfter(
      createWith({ a: [], b: { subPlan: { one: [], two: { needs: ['one'], when: 'false' } } } }),
      answer('a'),
      answer('b_p-one'),
      answerCondition('b_p-two', false),
    )
    expect(stepOf(task, 'b')).toMatchObject({ status: 'skipped', output: null })
  })

  test('runs again as a whole, with other ids', () => {
    const task = taskAfter(createWith(plan), answer('a'), answer('b_p-left'), rerunFrom('b'))
    expect(statuses(task)).toEqual([
      'a done',
      'b running',
      'b_2p-left running',
      'b_2p-right running',
      'b_2p-both not-ready',
      'c not-ready',
    ])
  })

  test('may be done for each item of a list, and hold a plan that holds a plan', () => {
    const forEach = { list: 'outputs.a', parallelMax: 2, itemsMax: 5 }
    const deep = { outer: { subPlan: { inner: { subPlan: { core: [] } } } } }
    const commands = [
      createWith({ a: [], b: { needs: ['a'], forEach, subPlan: deep } }),
      answer('a'),
      expandList('b', ['x']),
    ]
    expect(statuses(taskAfter(...commands))).toEqual([
      'a done',
      'b running',
      'b_i1 running',
      'b_i1_p-outer running',
      'b_i1_p-outer_p-inner running',
      'b_i1_p-outer_p-inner_p-core running',
    ])
    const core = 'b_i1_p-outer_p-inner_p-core'
    expect(stepOf(taskAfter(...commands), core)?.partOf?.item?.preview).toBe('x')
    const task = taskAfter(...commands, answer(core), collectOutputs('b', '["core"]'))
    expect(task.status).toBe('succeeded')
  })
})

test('a list inside a plan that is done for each item of another list has items of its own', () => {
  const forEach = { list: 'outputs.a', parallelMax: 2, itemsMax: 5 }
  const task = taskAfter(
    createWith({
      a: [],
      b: { needs: ['a'], forEach, subPlan: { each: { needs: ['a'], forEach } } },
    }),
    answer('a'),
    expandList('b', ['outer']),
    expandList('b_i1_p-each', ['inner']),
  )
  expect(stepOf(task, 'b_i1_p-each_i1')?.partOf?.item?.preview).toBe('inner')
})

test('a step becomes no more than the task allows', () => {
  const forEach = { list: 'outputs.a', parallelMax: 2, itemsMax: 5 }
  const task = taskAfter(
    createWith({ a: [], b: { needs: ['a'], forEach } }, { limits: { fanOutMax: 2 } }),
    answer('a'),
    expandList('b', ['1', '2', '3']),
  )
  expect(task.failure).toContain('it has 3 items; this task lets a step become 2 at most')
})
