import { stepIdOf } from '@maestro/contracts/ids'
import { describe, expect, test } from 'vitest'
import { fold } from '../fold.ts'
import { taskCan } from '../task-can.ts'
import type { BornTask } from '../task.ts'
import type { TaskCommand } from '../task-command.ts'
import {
  after,
  answer,
  answerWhile,
  collectOutputs,
  createWith,
  expandList,
  failStep,
  pause,
  resume,
  skip,
} from '../testing/task-command-fixtures.ts'
import { given } from '../testing/task-spec.ts'

const forEach = { list: 'outputs.a', parallelMax: 2, itemsMax: 5 }
const listed = { a: [], b: { needs: ['a'], forEach }, c: ['b'] }
const repeat = { while: 'output.bad > 0', timesMax: 3 }
const repeated = { a: { repeat }, b: ['a'] }

const taskAfter = (...commands: readonly TaskCommand[]): BornTask => {
  const task = fold(after(...commands))
  if (task.status === 'unborn') throw new Error('the task is not born')
  return task
}
const stepOf = (task: BornTask, name: string) => task.steps[stepIdOf(name)]
const statuses = (task: BornTask) =>
  task.order.map((stepId) => `${stepId.slice('step_'.length)} ${task.steps[stepId]?.status}`)

const letters = ['x', 'y', 'z']
const begun = [createWith(listed), answer('a'), expandList('b', letters)]
const all = [...begun, answer('b_i1'), answer('b_i2'), answer('b_i3')]

describe('a step for each item of a list', () => {
  test('becomes a step per item, behind it and in order, and so many at once as it says', () => {
    expect(statuses(taskAfter(...begun))).toEqual([
      'a done',
      'b running',
      'b_i1 running',
      'b_i2 running',
      'b_i3 not-ready',
      'c not-ready',
    ])
    expect(stepOf(taskAfter(...begun, answer('b_i2')), 'b_i3')?.status).toBe('running')
    expect(stepOf(taskAfter(...begun), 'b_i2')).toMatchObject({
      title: 'B, item 2',
      partOf: { parentId: 'step_b', number: 2, item: { preview: 'y' } },
    })
  })

  test('delivers the outputs of its items as one when all have ended', () => {
    const task = taskAfter(...all, collectOutputs('b', '[1,2,3]'))
    expect(stepOf(task, 'b')).toMatchObject({ status: 'done', output: { preview: '[1,2,3]' } })
    expect(stepOf(task, 'c')?.status).toBe('running')
  })

  test('is done with an empty list as well', () => {
    const task = taskAfter(
      createWith(listed),
      answer('a'),
      expandList('b', []),
      collectOutputs('b', '[]'),
    )
    expect(stepOf(task, 'b')).toMatchObject({ status: 'done', output: { preview: '[]' } })
  })

  test('fails, and its task, when it has no list or too long a one, and says so', () => {
    const failed = (...commands: readonly TaskCommand[]) =>
      taskAfter(createWith(listed), answer('a'), ...commands).failure
    expect(failed(expandList('b', [], 'it is no list'))).toContain('it is no list')
    expect(failed(expandList('b', ['1', '2', '3', '4', '5', '6']))).toContain(
      'it has 6 items; there may be 5',
    )
  })

  test('a long list comes in parts, and nothing begins before the last one', () => {
    const plan = { a: [], b: { needs: ['a'], forEach: { ...forEach, itemsMax: 120 } } }
    const events = after(
      createWith(plan),
      answer('a'),
      expandList(
        'b',
        Array.from({ length: 120 }, (_, index) => `item ${index}`),
      ),
    )
    const parts = events.filter(({ type }) => type === 'ListExpanded')
    expect(parts).toHaveLength(3)
    for (const part of parts) expect(JSON.stringify(part).length).toBeLessThan(64 * 1024)
    const task = fold(events)
    if (task.status === 'unborn') throw new Error('the task is not born')
    expect(task.order).toHaveLength(122)
    expect(stepOf(task, 'b_i120')?.partOf?.number).toBe(120)
  })

  test('an item that fails leaves the others that have not begun out, and fails the step', () => {
    const task = taskAfter(...begun, failStep('b_i1', 'no_provider'), answer('b_i2'))
    expect(statuses(task)).toEqual([
      'a done',
      'b failed',
      'b_i1 failed',
      'b_i2 done',
      'b_i3 skipped',
      'c cancelled',
    ])
    expect(task.failure).toContain('item 1 of 3 failed: it was no_provider')
  })

  test('goes on without the output of an item that failed, where its plan says so', () => {
    const plan = { ...listed, b: { ...listed.b, onFailure: 'go-on' as const } }
    const task = taskAfter(
      createWith(plan),
      answer('a'),
      expandList('b', letters),
      failStep('b_i1', 'no_provider'),
      answer('b_i2'),
      answer('b_i3'),
    )
    expect(stepOf(task, 'b')?.expansion?.phase).toBe('outputs')
  })

  test('an item can be left out by a person', () => {
    const task = taskAfter(...begun, skip('b_i3', 'not this'), answer('b_i1'), answer('b_i2'))
    expect(stepOf(task, 'b')?.expansion?.phase).toBe('outputs')
  })

  test('a second answer changes nothing', () => {
    given(...after(...begun))
      .when(expandList('b', ['other']))
      .yields()
    given(...after(...all, collectOutputs('b', '[]')))
      .when(collectOutputs('b', '[1]'))
      .yields()
  })

  test('nothing of it begins while the task is paused', () => {
    const paused = taskAfter(...begun, pause(), answer('b_i1'))
    expect(stepOf(paused, 'b_i3')?.status).toBe('not-ready')
    const resumed = taskAfter(...begun, pause(), answer('b_i1'), resume())
    expect(stepOf(resumed, 'b_i3')?.status).toBe('running')
    expect(taskCan.cancel(paused)).toBe(true)
  })
})

describe('a step that is repeated', () => {
  const once = [createWith(repeated), answer('a_r1', { text: 'one' })]

  test('runs again with the output before at hand while its condition holds', () => {
    const task = taskAfter(...once, answerWhile('a', 1, true))
    expect(statuses(task)).toEqual(['a running', 'a_r1 done', 'a_r2 running', 'b not-ready'])
    expect(stepOf(task, 'a_r2')?.partOf).toEqual({
      parentId: 'step_a',
      number: 2,
      previousId: 'step_a_r1',
    })
  })

  test('delivers what the last round did when its condition does not hold any more', () => {
    const task = taskAfter(
      ...once,
      answerWhile('a', 1, true),
      answer('a_r2', { text: 'two' }),
      answerWhile('a', 2, false),
    )
    expect(stepOf(task, 'a')).toMatchObject({ status: 'done', output: { preview: 'two' } })
    expect(stepOf(task, 'b')?.status).toBe('running')
  })

  test('ends at its bound, and says so', () => {
    const task = taskAfter(
      ...once,
      answerWhile('a', 1, true),
      answer('a_r2'),
      answerWhile('a', 2, true),
      answer('a_r3', { text: 'three' }),
      answerWhile('a', 3, true),
    )
    expect(stepOf(task, 'a')).toMatchObject({
      status: 'done',
      output: { preview: 'three' },
      expansion: { isBounded: true },
    })
  })

  test('fails with a round that fails, and when its condition cannot be evaluated', () => {
    expect(taskAfter(createWith(repeated), failStep('a_r1', 'no_provider')).failure).toContain(
      'round 1 failed',
    )
    expect(taskAfter(...once, answerWhile('a', 1, false, 'No such key: bad')).failure).toContain(
      'No such key: bad',
    )
  })

  test('begins no round while the task is paused', () => {
    const paused = taskAfter(...once, pause(), answerWhile('a', 1, true))
    expect(stepOf(paused, 'a_r2')).toBeUndefined()
    const resumed = taskAfter(...once, pause(), answerWhile('a', 1, true), resume())
    expect(stepOf(resumed, 'a_r2')?.status).toBe('running')
  })
})

test('each item of a list may be repeated by itself, and knows its item in each round', () => {
  const task = taskAfter(
    createWith({ a: [], b: { needs: ['a'], forEach, repeat } }),
    answer('a'),
    expandList('b', ['x']),
    answer('b_i1_r1'),
    answerWhile('b_i1', 1, true),
  )
  expect(statuses(task)).toEqual([
    'a done',
    'b running',
    'b_i1 running',
    'b_i1_r1 done',
    'b_i1_r2 running',
  ])
  expect(stepOf(task, 'b_i1_r2')).toMatchObject({
    title: 'B, item 1, round 2',
    partOf: { number: 2, item: { preview: 'x' }, previousId: 'step_b_i1_r1' },
  })
})
