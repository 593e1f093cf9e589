import { describe, expect, test } from 'vitest'
import { fold } from '../fold.ts'
import type { Approval, BornTask } from '../task.ts'
import type { TaskCommand } from '../task-command.ts'
import {
  after,
  answer,
  createWith,
  expandList,
  failStep,
} from '../testing/task-command-fixtures.ts'

const taskAfter = (...commands: readonly TaskCommand[]): BornTask => {
  const task = fold(after(...commands))
  if (task.status === 'unborn') throw new Error('the task is not born')
  return task
}
const statuses = (task: BornTask) =>
  task.order.map((stepId) => `${stepId.slice('step_'.length)} ${task.steps[stepId]?.status}`)
const questions = (task: BornTask) =>
  Object.values<Approval>(task.approvals).map(({ status }) => status)

const goesOn = { onFailure: 'go-on' as const }
const suggestion = 'wait a minute'

describe('a part of a step that has failed holds nothing up', () => {
  test('when a person was to say whether it begins: the question is withdrawn', () => {
    const subPlan = { x: [], y: { gate: true as const }, z: ['x', 'y'] }
    const commands = [createWith({ b: { ...goesOn, subPlan }, c: ['b'] })]
    expect(questions(taskAfter(...commands))).toEqual(['open'])
    const task = taskAfter(...commands, failStep('b_p-x', 'no_provider'))
    expect(statuses(task)).toEqual([
      'b failed',
      'b_p-x failed',
      'b_p-y skipped',
      'b_p-z skipped',
      'c running',
    ])
    expect(questions(task)).toEqual(['withdrawn'])
  })

  test('when a person was to say how it goes on after a failed call', () => {
    const task = taskAfter(
      createWith({ b: { ...goesOn, subPlan: { x: [], y: [] } }, c: ['b'] }),
      failStep('b_p-y', 'timeout', { ask: { suggestion } }),
      failStep('b_p-x', 'no_provider'),
    )
    expect(statuses(task)).toEqual(['b failed', 'b_p-x failed', 'b_p-y skipped', 'c running'])
    expect(questions(task)).toEqual(['withdrawn'])
  })

  test('also when it is a round of an item', () => {
    const forEach = { list: 'outputs.a', parallelMax: 2, itemsMax: 5 }
    const repeat = { while: 'output.bad > 0', timesMax: 3 }
    const task = taskAfter(
      createWith({ a: [], b: { needs: ['a'], onFailure: 'skip', forEach, repeat }, c: ['a'] }),
      answer('a'),
      expandList('b', ['1', '2']),
      failStep('b_i1_r1', 'timeout', { ask: { suggestion } }),
      failStep('b_i2_r1', 'no_provider'),
    )
    expect(statuses(task)).toEqual([
      'a done',
      'b failed',
      'b_i1 skipped',
      'b_i1_r1 skipped',
      'b_i2 failed',
      'b_i2_r1 failed',
      'c running',
    ])
  })

  test('also when it stands two levels below', () => {
    const deep = { left: { subPlan: { core: { subPlan: { one: [] } } } }, right: [] }
    const task = taskAfter(
      createWith({ b: { ...goesOn, subPlan: deep }, c: ['b'] }),
      failStep('b_p-left_p-core_p-one', 'timeout', { ask: { suggestion } }),
      failStep('b_p-right', 'no_provider'),
    )
    expect(statuses(task)).toEqual([
      'b failed',
      'b_p-left skipped',
      'b_p-left_p-core skipped',
      'b_p-left_p-core_p-one skipped',
      'b_p-right failed',
      'c running',
    ])
  })

  test('and what it has become begins nothing more', () => {
    const subPlan = { inner: { subPlan: { one: [] } }, other: { subPlan: { two: [], three: [] } } }
    const task = taskAfter(
      createWith({ b: { subPlan } }, { limits: { stepsParallelMax: 2 } }),
      failStep('b_p-inner_p-one', 'no_provider'),
    )
    expect(statuses(task)).toEqual([
      'b running',
      'b_p-inner failed',
      'b_p-inner_p-one failed',
      'b_p-other running',
      'b_p-other_p-two running',
      'b_p-other_p-three skipped',
    ])
  })
})
