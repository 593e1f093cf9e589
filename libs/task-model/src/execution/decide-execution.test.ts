import { describe, expect, test } from 'vitest'
import type { AttemptFacts } from '@maestro/contracts/llm/call-facts'
import { nanoUsd } from '@maestro/contracts/money/nano-usd'
import { stepIdOf } from '@maestro/contracts/ids'
import { fold } from '../fold.ts'
import {
  after,
  answer,
  answerTool,
  cancel,
  create,
  createWith,
  failStep,
  startRetry,
  pause,
  refuseStep,
  resume,
} from '../testing/task-command-fixtures.ts'
import {
  booked,
  fact,
  finished,
  moneyAsked,
  moneyWithdrawn,
  pausedForMoney,
  queued,
  retried,
  started,
  stepFailed,
  taskFailed,
  taskSucceeded,
  turnStarted,
} from '../testing/task-fact-fixtures.ts'
import { critic, factsWith, planOf, stepPlace } from '../testing/task-fixtures.ts'
import { given } from '../testing/task-spec.ts'

describe('steps', () => {
  test('start as soon as all they need is done, and not before', () => {
    const diamond = { a: [], b: ['a'], c: ['a'], d: ['b', 'c'] }
    given(...after(createWith(diamond)))
      .when(answer('a'))
      .yields(booked(answer('a')), finished('a'), started('b'), started('c'))
    given(...after(createWith(diamond), answer('a')))
      .when(answer('c'))
      .yields(booked(answer('c')), finished('c'))
    given(...after(createWith(diamond), answer('a'), answer('c')))
      .when(answer('b'))
      .yields(booked(answer('b')), finished('b'), started('d'))
  })

  test('never run in larger number than the limit; what waits is queued once and starts in the plan’s order', () => {
    const wide = createWith({ a: [], b: [], c: [], d: [] }, { limits: { stepsParallelMax: 2 } })
    expect(after(wide).slice(-4)).toMatchObject([
      started('a'),
      started('b'),
      queued('c'),
      queued('d'),
    ])
    given(...after(wide))
      .when(answer('b'))
      .yields(booked(answer('b')), finished('b'), started('c'))
  })

  test('of one agent never run in larger number than that agent may, and leave the place to those of others', () => {
    const plan = planOf({ a: [], b: [], c: [], d: [] }, { parallelMax: 1 })
    const steps = plan.steps.map((step, index) => (index < 3 ? step : { ...step, agentId: critic }))
    const born = after(create({ plan: { ...plan, steps } }))
    expect(born.slice(-4)).toMatchObject([started('a'), queued('b'), queued('c'), started('d')])
    given(...born)
      .when(answer('a'))
      .yields(booked(answer('a')), finished('a'), started('b'))
  })

  test('hand the task its result when the last of them is done', () =>
    given(...after(createWith({ a: [], b: ['a'] }), answer('a')))
      .when(answer('b'))
      .yields(booked(answer('b')), finished('b'), taskSucceeded('output of b')))

  test('all have to be done, also those that the result does not need', () =>
    given(...after(createWith({ a: [], b: [] })))
      .when(answer('b'))
      .yields(booked(answer('b')), finished('b')))

  test('add up what they cost, in the step and in the task', () => {
    const facts = factsWith({ costNanoUsd: nanoUsd(7) })
    const task = fold(
      after(createWith({ a: [], b: [] }), answer('a', { facts }), answer('b', { facts })),
    )
    expect(task).toMatchObject({
      totals: { costNanoUsd: 14, inputTokens: 20, outputTokens: 10, calls: 2, callsFailed: 0 },
      steps: { step_a: { costNanoUsd: 7, inputTokens: 10, outputTokens: 5 } },
    })
  })

  test('make the task a rehearsal when one of their answers came from it', () => {
    const facts = factsWith({ provider: 'rehearsal' })
    expect(fold(after(createWith({ a: [] })))).toMatchObject({ rehearsal: false })
    expect(fold(after(createWith({ a: [] }), answer('a', { facts })))).toMatchObject({
      rehearsal: true,
    })
  })

  test('tell of attempts that were lost on the way to their answer', () => {
    const lost: AttemptFacts = {
      attempt: 1,
      provider: 'groq',
      model: 'small',
      keyId: null,
      outcome: 'lost',
      failureClass: null,
      reason: 'its worker died',
      latencyMs: 5,
      costNanoUsd: nanoUsd(3),
    }
    const command = answer('a', { facts: factsWith({ attempts: [lost] }) })
    const { callId } = stepPlace('a')
    given(...after(createWith({ a: [], b: ['a'] })))
      .when(command)
      .yields(
        fact('CallLost', {
          callId,
          purpose: 'step',
          stepId: stepIdOf('a'),
          attempt: 1,
          costNanoUsd: 3,
        }),
        booked(command),
        finished('a'),
        started('b'),
      )
    // Its cost is part of the call's already.
    expect(fold(after(createWith({ a: [], b: ['a'] }), command))).toMatchObject({
      totals: { attemptsLost: 1, costNanoUsd: 1_000, calls: 1 },
    })
  })
})

describe('a step that fails', () => {
  const command = failStep('a', 'no_provider')

  test('is tried again as often as its plan says', () => {
    const plan = createWith({ a: { retriesMax: 2 } })
    given(...after(plan))
      .when(command)
      .yields(booked(command), retried('a', 'it was no_provider'))
    const third = failStep('a', 'timeout', { attempt: 3 })
    const second = [startRetry('a', 1), failStep('a', 'timeout', { attempt: 2 })]
    given(...after(plan, command, ...second, startRetry('a', 2)))
      .when(third)
      .yields(
        booked(third),
        stepFailed('a', 'it was timeout', 3),
        taskFailed('Step "A" failed: it was timeout', 'a'),
      )
  })

  test('begins its new attempt with an empty conversation', () => {
    const task = fold(
      after(
        createWith({ a: { retriesMax: 1 } }),
        answer('a', { tools: ['t1'] }),
        answerTool('a', 't1', { ok: false }),
        failStep('a', 'timeout', { turn: 2 }),
        startRetry('a', 1),
      ),
    )
    expect(task).toMatchObject({
      steps: {
        step_a: {
          status: 'retrying',
          attempt: 2,
          turns: [{ turn: 1, callId: stepPlace('a', { attempt: 2 }).callId, toolUses: [] }],
          calls: [{ attempt: 1 }, { attempt: 1 }, { attempt: 2, status: 'running' }],
        },
      },
    })
  })

  test('keeps its place while it is tried again: nothing else slips in', () =>
    given(
      ...after(createWith({ a: { retriesMax: 1 }, b: [] }, { limits: { stepsParallelMax: 1 } })),
    )
      .when(command)
      .yields(booked(command), retried('a', 'it was no_provider')))

  test('lets others finish, which are paid for, starts no new ones, and then fails the task', () => {
    const plan = createWith({ a: [], b: [], c: ['b'], d: [] }, { limits: { stepsParallelMax: 2 } })
    given(...after(plan))
      .when(command)
      .yields(booked(command), stepFailed('a', 'it was no_provider'))
    given(...after(plan, command))
      .when(answer('b'))
      .yields(
        booked(answer('b')),
        finished('b'),
        taskFailed('Step "A" failed: it was no_provider', 'a'),
      )
    expect(fold(after(plan, command, answer('b')))).toMatchObject({
      status: 'failed',
      failure: 'Step "A" failed: it was no_provider',
      steps: {
        step_a: { status: 'failed' },
        step_b: { status: 'done' },
        step_c: { status: 'cancelled' },
        step_d: { status: 'cancelled' },
      },
    })
  })
})

describe('a step without money', () => {
  const command = failStep('a', 'budget')

  test('pauses the task instead of failing', () =>
    given(...after(createWith({ a: [] })))
      .when(command)
      .yields(booked(command), pausedForMoney(), moneyAsked()))

  test('pauses it once, however many steps run out', () =>
    given(...after(createWith({ a: [], b: [] }), command))
      .when(failStep('b', 'budget'))
      .yields(booked(failStep('b', 'budget'))))

  test('asks the same question again when the task goes on, as do all that ran out', () =>
    given(...after(createWith({ a: [], b: [], c: [] }), command, failStep('b', 'budget')))
      .when(resume())
      .yields(fact('TaskResumed', {}), moneyWithdrawn(), turnStarted('a', 2), turnStarted('b', 2)))

  test('uses up no turn by it', () => {
    const plan = createWith({ a: [] }, { limits: { turnsMax: 1 } })
    given(...after(plan, command))
      .when(resume())
      .yields(fact('TaskResumed', {}), moneyWithdrawn(), turnStarted('a', 2))
    given(...after(plan, command, resume()))
      .when(answer('a', { turn: 2 }))
      .yields(booked(answer('a', { turn: 2 })), finished('a'), taskSucceeded('output of a'))
  })

  test('repairs the same problem again when the task goes on', () =>
    given(
      ...after(
        createWith({ a: [] }),
        refuseStep('a', 'no JSON'),
        failStep('a', 'budget', { turn: 2 }),
      ),
    )
      .when(resume())
      .yields(
        fact('TaskResumed', {}),
        moneyWithdrawn(),
        turnStarted('a', 3, { repair: 'no JSON' }),
      ))
})

describe('late answers', () => {
  test('are booked once after the task was cancelled, and move nothing', () => {
    const ended = [createWith({ a: [], b: ['a'] }), cancel()]
    given(...after(...ended))
      .when(answer('a'))
      .yields(booked(answer('a')))
    given(...after(...ended, answer('a')))
      .when(answer('a'))
      .yields()
    expect(fold(after(...ended, answer('a')))).toMatchObject({
      status: 'cancelled',
      totals: { costNanoUsd: 1_000, calls: 1 },
      steps: {
        step_a: { status: 'cancelled', output: null, calls: [{ status: 'answered' }] },
        step_b: { status: 'cancelled' },
      },
    })
  })

  test('that failed or could not be used are booked as well, and nothing is repaired, retried or paused', () => {
    const ended = after(createWith({ a: { retriesMax: 3 } }), cancel())
    for (const late of [failStep('a', 'cancelled'), failStep('a', 'budget')]) {
      given(...ended)
        .when(late)
        .yields(booked(late))
    }
    given(...ended)
      .when(refuseStep('a', 'no JSON'))
      .yields(booked(refuseStep('a', 'no JSON')))
  })

  test('of calls that the task never asked for are no answers', () =>
    given(...after(createWith({ a: [] })))
      .when(answer('a', { turn: 7 }))
      .yields())

  test('to a paused task are taken, and followed up when it goes on', () => {
    const held = [createWith({ a: [], b: ['a'] }), pause()]
    given(...after(...held))
      .when(answer('a'))
      .yields(booked(answer('a')))
    given(...after(...held, answer('a')))
      .when(resume())
      .yields(fact('TaskResumed', {}), finished('a'), started('b'))
  })
})
