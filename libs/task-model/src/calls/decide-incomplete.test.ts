import type { OnIncomplete } from '@maestro/contracts/task/plan-draft'
import { describe, expect, test } from 'vitest'
import { fold } from '../fold.ts'
import type { BornTask, Step } from '../task.ts'
import type { TaskCommand } from '../task-command.ts'
import {
  after,
  answer,
  create,
  createWith,
  startRetry,
  cutDraft,
  cutStep,
} from '../testing/task-command-fixtures.ts'
import { refOf } from '../testing/task-fixtures.ts'

const taskAfter = (...commands: readonly TaskCommand[]): BornTask => {
  const task = fold(after(...commands))
  if (task.status === 'unborn') throw new Error('no task')
  return task
}
const stepOf = (task: BornTask, name = 'a') =>
  Object.values<Step>(task.steps).find(({ title }) => title === name.toUpperCase())
const begin = (onIncomplete?: OnIncomplete, retriesMax = 1) =>
  createWith({ a: { retriesMax, onIncomplete }, b: { needs: ['a'] } })

describe('a step whose answer broke off', () => {
  test.each([undefined, 'retry', 'fall-back'] as const)(
    'is tried anew by the policy %s, while it has attempts left, and says why',
    (policy) => {
      const task = taskAfter(begin(policy), cutStep('a'))
      expect(stepOf(task)).toMatchObject({ status: 'retrying', attempt: 1, phase: 'backoff' })
      expect(stepOf(task)?.calls[0]).toMatchObject({
        status: 'incomplete',
        text: refOf('part of a'),
        incomplete: { reason: 'broke-off', message: 'it broke off' },
      })
      const failed = taskAfter(
        begin(policy),
        cutStep('a'),
        startRetry('a', 1),
        cutStep('a', {}, { attempt: 2 }),
      )
      expect(failed).toMatchObject({ status: 'failed', totals: { calls: 2, callsFailed: 2 } })
      expect(failed.failure).toContain('it broke off')
    },
  )

  test('delivers what came by the policy accept, and those after it can know', () => {
    const task = taskAfter(begin('accept'), cutStep('a'))
    expect(stepOf(task)).toMatchObject({
      status: 'done',
      attempt: 1,
      output: refOf('part of a'),
      isIncomplete: true,
    })
    expect(stepOf(task, 'b')?.status).toBe('running')
    expect(taskAfter(begin('accept'), cutStep('a'), answer('b')).status).toBe('succeeded')
  })

  test('is tried anew where what came cannot be its output, also by the policy accept', () => {
    const task = taskAfter(begin('accept'), cutStep('a', { isUsable: false }))
    expect(stepOf(task)).toMatchObject({ status: 'retrying', attempt: 1, output: null })
  })

  test('fails by the policy fail, though it has attempts left', () => {
    const task = taskAfter(begin('fail', 3), cutStep('a'))
    expect(task).toMatchObject({ status: 'failed', failure: 'Step "A" failed: it broke off' })
  })
})

describe('a step whose answer ran into the output limit', () => {
  const atLimit = { reason: 'output-limit', failureClass: null } as const

  test('is asked to answer shorter, once', () => {
    const task = taskAfter(begin(), cutStep('a', atLimit))
    expect(stepOf(task)?.turns.at(-1)).toMatchObject({
      turn: 2,
      repair: expect.stringContaining('cut off at the output limit'),
    })
    const again = taskAfter(begin(), cutStep('a', atLimit), cutStep('a', atLimit, { turn: 2 }))
    expect(stepOf(again)).toMatchObject({ status: 'retrying', attempt: 1 })
  })

  test('delivers what came by the policy accept', () =>
    expect(stepOf(taskAfter(begin('accept'), cutStep('a', atLimit)))?.output).toEqual(
      refOf('part of a'),
    ))
})

describe('a role of the drafting', () => {
  test('whose answer ran into the output limit is asked to answer shorter', () => {
    const task = taskAfter(
      create(),
      cutDraft('planner', { reason: 'output-limit', failureClass: null }),
    )
    expect(task.drafting.jobs.planner).toMatchObject({ phase: 'calling', turn: 2 })
    expect(task.drafting.jobs.planner.repair).toContain('shorter')
  })

  test('whose answer broke off at every provider fails the task, which says why', () => {
    const task = taskAfter(create(), cutDraft('planner'))
    expect(task).toMatchObject({ status: 'failed' })
    expect(task.failure).toContain('it broke off')
  })
})

test('a part that is heard of again, or after the end, changes nothing but the books', () => {
  const cut = cutStep('a')
  const once = taskAfter(begin('accept'), cut)
  expect(taskAfter(begin('accept'), cut, cut)).toEqual(once)
})
