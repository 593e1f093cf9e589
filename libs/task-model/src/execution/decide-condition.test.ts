import { stepIdOf } from '@maestro/contracts/ids'
import { describe, expect, test } from 'vitest'
import { fold } from '../fold.ts'
import { steppableSteps } from '../task-can.ts'
import {
  after,
  answer,
  answerCondition,
  cancel,
  createWith,
  decideOn,
  failStep,
  letStep,
  pause,
  resume,
} from '../testing/task-command-fixtures.ts'
import {
  booked,
  conditionAsked,
  conditionEvaluated,
  finished,
  skipped,
  started,
  stepAsked,
  stepFailed,
  taskFailed,
  taskSucceeded,
} from '../testing/task-fact-fixtures.ts'
import { given } from '../testing/task-spec.ts'

const resumed = { type: 'TaskResumed', data: {} } as const

const when = 'outputs.a.total > 10'
const branch = { a: [], b: { needs: ['a'], when }, c: { needs: ['a', 'b'] } }
const notHolding = `its condition does not hold: ${when}`

describe('a step with a condition', () => {
  test('is asked about when all that it needs has ended, and starts when it holds', () => {
    given(...after(createWith(branch)))
      .when(answer('a'))
      .yields(booked(answer('a')), finished('a'), conditionAsked('b'))
    given(...after(createWith(branch), answer('a')))
      .when(answerCondition('b', true))
      .yields(conditionEvaluated('b', true), started('b'))
  })

  test('is skipped when it does not hold, and what needs others as well goes on', () =>
    given(...after(createWith(branch), answer('a')))
      .when(answerCondition('b', false))
      .yields(conditionEvaluated('b', false), skipped('b', notHolding), started('c')))

  test('fails when that cannot be said', () =>
    given(...after(createWith(branch), answer('a')))
      .when(answerCondition('b', false, 'No such key: total'))
      .yields(
        conditionEvaluated('b', false, 'No such key: total'),
        stepFailed('b', 'its condition could not be evaluated: No such key: total'),
        taskFailed(
          'Step "B" failed: its condition could not be evaluated: No such key: total',
          'b',
        ),
      ))

  test('takes what only needs it along, however far', () =>
    given(
      ...after(
        createWith({ a: [], b: { needs: ['a'], when }, c: ['b'], d: ['c'], e: ['a', 'd'] }),
        answer('a'),
      ),
    )
      .when(answerCondition('b', false))
      .yields(
        conditionEvaluated('b', false),
        skipped('b', notHolding),
        skipped('c', 'all that it needs was skipped'),
        skipped('d', 'all that it needs was skipped'),
        started('e'),
      ))

  test('that delivers the result leaves the task without one when it is skipped', () =>
    given(...after(createWith({ a: [], b: { needs: ['a'], when } }), answer('a')))
      .when(answerCondition('b', false))
      .yields(
        conditionEvaluated('b', false),
        skipped('b', notHolding),
        taskFailed(`There is no result: step "B" was skipped: ${notHolding}.`, 'b'),
      ))

  test('is no step that a person could let through while it is looked at', () => {
    const asked = after(createWith(branch), answer('a'), pause())
    expect(steppableSteps(fold(asked))).toEqual([])
    given(...asked)
      .when(letStep('b'))
      .rejects('STEP_NOT_READY')
  })

  test('that was let through and skipped cannot be let through again', () => {
    const through = [createWith(branch), pause(), answer('a'), letStep('a'), letStep('b')]
    given(...after(...through))
      .when(letStep('b'))
      .yields()
    given(...after(...through, answerCondition('b', false)))
      .when(letStep('b'))
      .rejects('STEP_NOT_READY')
  })

  test('is not looked at while the task is paused, and its answer starts nothing then', () => {
    given(...after(createWith(branch), pause(), answer('a')))
      .when(resume())
      .yields(resumed, finished('a'), conditionAsked('b'))
    given(...after(createWith(branch), answer('a'), pause()))
      .when(answerCondition('b', true))
      .yields(conditionEvaluated('b', true))
    given(...after(createWith(branch), answer('a'), pause(), answerCondition('b', true)))
      .when(resume())
      .yields(resumed, started('b'))
  })

  test('is approved by a person only when it holds', () =>
    given(
      ...after(
        createWith({ a: { when: 'true' } }, { autonomy: 'approve-steps' }),
        decideOn('plan-v1', 'approve'),
      ),
    )
      .when(answerCondition('a', true))
      .yields(conditionEvaluated('a', true), stepAsked('a')))

  test('is answered once', () => {
    const answered = [createWith(branch), answer('a'), answerCondition('b', true)]
    given(...after(...answered))
      .when(answerCondition('b', false))
      .yields()
    given(...after(createWith(branch), answer('a'), cancel()))
      .when(answerCondition('b', true))
      .yields()
  })
})

describe('what needs a step that failed', () => {
  const plan = (onFailure: 'skip' | 'go-on') => ({
    a: { onFailure },
    b: [],
    c: ['a'],
    d: ['b', 'c'],
  })

  test('is skipped where the failure is to skip it, and the rest goes on to the result', () => {
    given(...after(createWith(plan('skip'))))
      .when(failStep('a', 'timeout'))
      .yields(
        booked(failStep('a', 'timeout')),
        stepFailed('a', 'it was timeout'),
        skipped('c', '"A", which it needs, failed'),
      )
    const events = after(
      createWith(plan('skip')),
      failStep('a', 'timeout'),
      answer('b'),
      answer('d'),
    )
    expect(events.at(-1)).toMatchObject(taskSucceeded('output of d'))
    const { steps } = fold(events) as { steps: Record<string, unknown> }
    expect(steps[stepIdOf('c')]).toMatchObject({
      status: 'skipped',
      skipReason: '"A", which it needs, failed',
    })
  })

  test('goes on without its output where it is to go on', () =>
    given(...after(createWith(plan('go-on'))))
      .when(failStep('a', 'timeout'))
      .yields(booked(failStep('a', 'timeout')), stepFailed('a', 'it was timeout'), started('c')))

  test('never begins where nothing is said: the task fails', () =>
    expect(fold(after(createWith({ a: [], b: ['a'] }), failStep('a', 'timeout')))).toMatchObject({
      status: 'failed',
    }))

  test('leaves the task without a result when it would have delivered it', () => {
    const events = after(
      createWith({ a: { onFailure: 'skip' }, b: ['a'] }),
      failStep('a', 'timeout'),
    )
    expect(events.at(-1)).toMatchObject(
      taskFailed('There is no result: step "B" was skipped: "A", which it needs, failed.', 'b'),
    )
  })
})
