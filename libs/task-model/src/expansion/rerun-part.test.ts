import { stepIdOf } from '@maestro/contracts/ids'
import { describe, expect, test } from 'vitest'
import { fold } from '../fold.ts'
import { rerunOf } from '../steering/rerun-of.ts'
import type { BornTask } from '../task.ts'
import type { TaskCommand } from '../task-command.ts'
import { rerunFrom } from '../testing/steering-command-fixtures.ts'
import {
  after,
  answer,
  answerWhile,
  collectOutputs,
  createWith,
  expandList,
  failStep,
} from '../testing/task-command-fixtures.ts'
import { given } from '../testing/task-spec.ts'

const taskAfter = (...commands: readonly TaskCommand[]): BornTask => {
  const task = fold(after(...commands))
  if (task.status === 'unborn') throw new Error('the task is not born')
  return task
}
const names = (task: BornTask) => task.order.map((stepId) => stepId.slice('step_'.length))
const stepOf = (task: BornTask, name: string) => task.steps[stepIdOf(name)]

describe('one item of a list that runs again', () => {
  const forEach = { list: 'outputs.a', parallelMax: 2, itemsMax: 5 }
  const listed = {
    a: [],
    b: { needs: ['a'], forEach, onFailure: 'wait' as const },
    c: ['b'],
    d: [],
  }
  const begun = [createWith(listed), answer('a'), expandList('b', ['x', 'y', 'z'])]
  const done = [
    ...begun,
    answer('b_i1'),
    answer('b_i2'),
    answer('b_i3'),
    collectOutputs('b', '[1,2,3]'),
  ]

  test('begins anew alone, with what needs the list; the others keep what they delivered', () => {
    const { steps, reopened } = rerunOf(taskAfter(...done), stepIdOf('b_i2'))
    expect(steps.map(({ stepId }) => stepId)).toEqual(['step_b_i2', 'step_c'])
    expect(reopened).toMatchObject([{ step: { stepId: 'step_b' }, kept: 3 }])
    const task = taskAfter(...done, rerunFrom('b_i2'))
    expect(names(task)).toEqual(['a', 'b', 'b_i1', 'b_i2', 'b_i3', 'c', 'd'])
    expect(stepOf(task, 'b')).toMatchObject({ status: 'running', attempt: 2, output: null })
    expect(stepOf(task, 'b_i2')).toMatchObject({ status: 'retrying', attempt: 2 })
    expect(stepOf(task, 'b_i1')).toMatchObject({ status: 'done', attempt: 1 })
    expect(stepOf(task, 'c')).toMatchObject({ status: 'not-ready' })
  })

  test('is put together with the others once it has ended, by an answer that was asked for anew', () => {
    const again = [...done, rerunFrom('b_i2'), answer('b_i2', { attempt: 2 })]
    expect(after(...again).at(-1)).toMatchObject({
      type: 'OutputsAsked',
      data: { stepId: 'step_b', attempt: 2 },
    })
    given(...after(...again))
      .when(collectOutputs('b', '[1,2,3]'))
      .yields()
    expect(taskAfter(...again, collectOutputs('b', '[1,4,3]', null, 2))).toMatchObject({
      steps: {
        step_b: { status: 'done', output: { preview: '[1,4,3]' } },
        step_c: { status: 'retrying', attempt: 2 },
      },
    })
  })

  test('brings back those that were left out as it had failed, and withdraws what was asked', () => {
    const failed = [...begun, failStep('b_i1', 'no_provider'), answer('b_i2')]
    const before = taskAfter(...failed)
    expect(stepOf(before, 'b')?.status).toBe('needs-you')
    expect(stepOf(before, 'b_i3')).toMatchObject({ status: 'skipped', isLeftOut: true })
    const task = taskAfter(...failed, rerunFrom('b_i1'))
    expect(stepOf(task, 'b')).toMatchObject({ status: 'running', failure: null })
    expect(stepOf(task, 'b_i1')).toMatchObject({ status: 'retrying', attempt: 2 })
    expect(stepOf(task, 'b_i2')?.status).toBe('done')
    expect(stepOf(task, 'b_i3')?.status).toBe('running')
    expect(Object.values(task.approvals)).toMatchObject([{ status: 'withdrawn' }])
  })

  test('is refused while it has not begun', () =>
    given(...after(...begun))
      .when(rerunFrom('b_i3'))
      .rejects('NOT_ALLOWED_NOW', { reason: 'it has not begun' }))
})

describe('one round that runs again', () => {
  const repeat = { while: 'output.bad > 0', timesMax: 4 }
  const done = [
    createWith({ a: { repeat }, b: ['a'], d: [] }),
    answer('a_r1'),
    answerWhile('a', 1, true),
    answer('a_r2'),
    answerWhile('a', 2, true),
    answer('a_r3'),
    answerWhile('a', 3, false),
  ]

  test('leaves the rounds after it behind, and keeps those before it', () => {
    const task = taskAfter(...done, rerunFrom('a_r2'))
    expect(names(task)).toEqual(['a', 'a_r1', 'a_r2', 'b', 'd'])
    expect(stepOf(task, 'a_r2')).toMatchObject({ status: 'retrying', attempt: 2 })
    expect(stepOf(task, 'a')).toMatchObject({ status: 'running', attempt: 2, costNanoUsd: 1_000 })
    expect(stepOf(task, 'b')?.status).toBe('not-ready')
  })

  test('is followed by rounds with ids of their own', () => {
    const task = taskAfter(
      ...done,
      rerunFrom('a_r2'),
      answer('a_r2', { attempt: 2 }),
      answerWhile('a', 2, true, null, 2),
      answer('a_2r3'),
      answerWhile('a', 3, false, null, 2),
    )
    expect(names(task)).toEqual(['a', 'a_r1', 'a_r2', 'a_2r3', 'b', 'd'])
    expect(stepOf(task, 'a')?.status).toBe('done')
    expect(stepOf(task, 'b')).toMatchObject({ status: 'retrying', attempt: 2 })
  })

  test('stops a later round that runs, and books it', () => {
    const running = done.slice(0, 5)
    const task = taskAfter(...running, rerunFrom('a_r1'))
    expect(names(task)).toEqual(['a', 'a_r1', 'b', 'd'])
    const booked = taskAfter(...running, rerunFrom('a_r1'), answer('a_r3'))
    expect(Object.keys(booked.steps)).toEqual(['step_a', 'step_b', 'step_d', 'step_a_r1'])
    expect(booked.totals.costNanoUsd).toBe(task.totals.costNanoUsd + 1_000)
  })
})
