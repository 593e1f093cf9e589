import { stepIdOf } from '@maestro/contracts/ids'
import { describe, expect, test } from 'vitest'
import { fold } from '../fold.ts'
import {
  after,
  answer,
  approvalId,
  cancel,
  create,
  createWith,
  decideOn,
  draftRound,
  expire,
  letStep,
  pause,
  resume,
} from '../testing/task-command-fixtures.ts'
import {
  booked,
  converged,
  decided,
  draftingStarted,
  fact,
  finished,
  planAsked,
  started,
  stepAsked,
  taskCancelled,
  taskStarted,
} from '../testing/task-fact-fixtures.ts'
import { atMs, optionsWith, refOf } from '../testing/task-fixtures.ts'
import { given } from '../testing/task-spec.ts'

const weekMs = 7 * 24 * 3_600_000
const asking = { autonomy: 'approve-plan' } as const
/** A given plan that waits for a person since the task was created. */
const waiting = () => after(createWith({ a: [], b: ['a'] }, asking))

describe('a plan that waits for approval', () => {
  test('is shown when the drafting has converged', () => {
    const events = after(create({ options: optionsWith(asking) }), ...draftRound(1, 'approve', 0.9))
    expect(events.slice(-2)).toMatchObject([converged(1, 'approved'), planAsked(1, '2 steps')])
    expect(fold(events)).toMatchObject({ status: 'awaiting-approval', stage: 'approval' })
  })

  test('is started by approving it', () =>
    given(...waiting())
      .when(decideOn('plan-v1', 'approve'))
      .yields(decided('plan-v1', 'approve'), taskStarted(), started('a')))

  test('ends the task when it is rejected, with the reason', () =>
    given(...waiting())
      .when(decideOn('plan-v1', 'reject'))
      .yields(decided('plan-v1', 'reject'), taskCancelled('Rejected: too long')))

  test('is drafted again with the person’s words, from the next round on', () =>
    given(...waiting())
      .when(decideOn('plan-v1', 'redraft'))
      .yields(decided('plan-v1', 'redraft'), draftingStarted(1, refOf('too long'))))

  test('cannot be paused: nothing runs', () =>
    given(...waiting())
      .when(pause())
      .rejects('TASK_NOT_PAUSABLE'))

  test.each(['reject', 'redraft'] as const)('is not sent back without a reason: %s', (decision) =>
    given(...waiting())
      .when(decideOn('plan-v1', decision, { reason: '  ' }))
      .rejects('INVALID_INPUT', { field: 'reason' }),
  )
})

describe('a decision', () => {
  test('is made once: the first one stands', () =>
    given(...after(createWith({ a: [] }, asking), decideOn('plan-v1', 'approve')))
      .when(decideOn('plan-v1', 'reject'))
      .rejects('APPROVAL_DECIDED', { status: 'approved', decidedBy: 'ada' }))

  test('about nothing that was asked is refused', () =>
    given(...waiting())
      .when(decideOn('plan-v9', 'approve'))
      .rejects('NOT_FOUND', { approvalId: approvalId('plan-v9') }))

  test('comes too late when the task was cancelled', () => {
    const events = after(createWith({ a: [] }, asking), cancel())
    given(...events)
      .when(decideOn('plan-v1', 'approve'))
      .rejects('TASK_ENDED', { status: 'cancelled' })
    expect(fold(events)).toMatchObject({
      approvals: { [approvalId('plan-v1')]: { status: 'withdrawn' } },
    })
  })

  test('about a plan that another version has replaced is refused', () => {
    const events = waiting()
    const [, proposed, convergedOn] = events
    if (proposed?.type !== 'PlanProposed' || convergedOn?.type !== 'PlanConverged') {
      throw new Error('the history changed its shape')
    }
    const seq = events.length
    given(
      ...events,
      { ...proposed, seq: seq + 1, data: { ...proposed.data, version: 2, hash: 'hash-2' } },
      { ...convergedOn, seq: seq + 2, data: { ...convergedOn.data, version: 2 } },
    )
      .when(decideOn('plan-v1', 'approve'))
      .rejects('APPROVAL_SUPERSEDED', {
        planVersion: 2,
        author: proposed.data.author,
        supersededAt: proposed.at,
      })
  })
})

describe('an approval that nobody decides', () => {
  test('ends the task after a week: silence never approves', () =>
    given(...waiting())
      .when(expire('plan-v1', atMs(weekMs)))
      .yields(
        fact('ApprovalExpired', { approvalId: approvalId('plan-v1') }),
        taskCancelled('Nobody decided the approval in time.'),
      ))

  test('does not expire before its time', () =>
    given(...waiting())
      .when(expire('plan-v1', atMs(weekMs - 1)))
      .yields())

  test('takes no decision after its time, even when the timer is late', () =>
    given(...waiting())
      .when(decideOn('plan-v1', 'approve', { at: atMs(weekMs) }))
      .rejects('APPROVAL_DECIDED', { status: 'expired' }))

  test('does not expire once it is decided, and only once', () => {
    given(...after(createWith({ a: [] }, asking), decideOn('plan-v1', 'approve')))
      .when(expire('plan-v1', atMs(weekMs)))
      .yields()
    given(...after(createWith({ a: [] }, asking), expire('plan-v1', atMs(weekMs))))
      .when(expire('plan-v1', atMs(weekMs + 1)))
      .yields()
  })
})

describe('a plan that was sent back', () => {
  const sentBack = [
    create({ options: optionsWith({ ...asking, drafting: { roundsMax: 6 } }) }),
    ...draftRound(1, 'approve', 0.95),
    decideOn('plan-v1', 'redraft'),
  ]

  test('is never chosen again, however well it was judged', () => {
    const events = after(
      ...sentBack,
      ...draftRound(2, 'revise', 0.6),
      ...draftRound(3, 'revise', 0.5),
    )
    expect(events.slice(-2)).toMatchObject([
      converged(2, 'no-improvement'),
      planAsked(2, '2 steps'),
    ])
  })

  test('leaves its decision on record when the next version is asked about', () => {
    const events = after(...sentBack, ...draftRound(2, 'approve', 0.9))
    expect(fold(events)).toMatchObject({
      approvals: {
        [approvalId('plan-v1')]: { status: 'redraft', reason: 'too long', decidedBy: 'ada' },
        [approvalId('plan-v2')]: { status: 'open' },
      },
    })
  })

  test('hands the person’s words to every round until the next version is shown', () => {
    const events = after(...sentBack, ...draftRound(2, 'revise', 0.6))
    expect(events.at(-1)).toMatchObject(draftingStarted(3, refOf('too long')))
  })
})

describe('when every step asks', () => {
  const eachStep = { autonomy: 'approve-steps' } as const
  const running = (steps: Parameters<typeof createWith>[0]) => [
    createWith(steps, eachStep),
    decideOn('plan-v1', 'approve'),
  ]

  test('all ready steps ask at once, and none starts by itself', () =>
    given(...after(createWith({ a: [], b: [], c: ['a', 'b'] }, eachStep)))
      .when(decideOn('plan-v1', 'approve'))
      .yields(decided('plan-v1', 'approve'), taskStarted(), stepAsked('a'), stepAsked('b')))

  test('an approved step starts, the others go on waiting', () => {
    const commands = running({ a: [], b: [] })
    given(...after(...commands))
      .when(decideOn('step-b', 'approve'))
      .yields(decided('step-b', 'approve'), started('b'))
    expect(fold(after(...commands, decideOn('step-b', 'approve')))).toMatchObject({
      status: 'running',
      steps: { step_a: { status: 'needs-you' }, step_b: { status: 'running' } },
    })
  })

  test('a step asks when what it needs is done', () =>
    given(...after(...running({ a: [], b: ['a'] }), decideOn('step-a', 'approve')))
      .when(answer('a'))
      .yields(booked(answer('a')), finished('a'), stepAsked('b', 1_000, ['a'])))

  test('an approved step waits for a free place', () =>
    given(
      ...after(
        createWith({ a: [], b: [] }, { ...eachStep, limits: { stepsParallelMax: 1 } }),
        decideOn('plan-v1', 'approve'),
        decideOn('step-a', 'approve'),
        decideOn('step-b', 'approve'),
      ),
    )
      .when(answer('a'))
      .yields(booked(answer('a')), finished('a'), started('b')))

  test('rejecting a step ends the task', () =>
    given(...after(...running({ a: [] })))
      .when(decideOn('step-a', 'reject'))
      .yields(decided('step-a', 'reject'), taskCancelled('Rejected: too long')))

  test('a step cannot be drafted again', () =>
    given(...after(...running({ a: [] })))
      .when(decideOn('step-a', 'redraft'))
      .rejects('INVALID_INPUT', { field: 'decision' }))

  test('an approval while paused counts when the task goes on', () => {
    const held = [...running({ a: [] }), pause()]
    given(...after(...held))
      .when(decideOn('step-a', 'approve'))
      .yields(decided('step-a', 'approve'))
    given(...after(...held, decideOn('step-a', 'approve')))
      .when(resume())
      .yields(fact('TaskResumed', {}), started('a'))
  })

  test('a step that is let through while paused asks all the same', () => {
    const held = [...running({ a: [], b: ['a'] }), decideOn('step-a', 'approve'), pause()]
    given(...after(...held, answer('a'), letStep('a')))
      .when(letStep('b'))
      .yields(fact('TaskStepped', { stepId: stepIdOf('b') }), stepAsked('b', 1_000, ['a']))
  })
})
