import { describe, expect, test } from 'vitest'
import { fold } from '../fold.ts'
import {
  after,
  answer,
  cancel,
  createWith,
  decideOn,
  failStep,
  letStep,
  resume,
  startRetry,
} from '../testing/task-command-fixtures.ts'
import { booked, fact, reset, started, stepFailed } from '../testing/task-fact-fixtures.ts'
import {
  modifyAgent,
  rerunFrom,
  retryStep,
  setBreakpoint,
  tell,
} from '../testing/steering-command-fixtures.ts'
import { atMs, refOf, stepPlace, toolPlace } from '../testing/task-fixtures.ts'
import { given } from '../testing/task-spec.ts'
import type { BornTask } from '../task.ts'
import { agentOf } from './agent-of.ts'

const stepA = toolPlace('a').stepId
const waits = createWith({ a: { onFailure: 'wait' }, b: ['a'], c: [], d: ['b', 'c'] })
const failedA = failStep('a', 'no_provider')

describe('a step whose dependents wait when it fails', () => {
  test('asks a person at once, with what stands and what waits, while the rest goes on', () => {
    const task = fold(after(waits, answer('c'), failedA))
    expect(task).toMatchObject({
      status: 'running',
      steps: {
        step_a: { status: 'needs-you', failure: 'it was no_provider' },
        step_b: { status: 'not-ready' },
      },
    })
    const [approval] = Object.values((task as BornTask).approvals)
    expect(approval?.question).toMatchObject({
      message: 'it was no_provider',
      choices: ['retry', 'other-model', 'skip', 'go-on', 'fail'],
      step: { attempts: 1, kept: ['C'], waiting: ['B'] },
    })
  })

  const asked = after(waits, failedA)
  const question = Object.values((fold(asked) as BornTask).approvals)[0]
  const what = question?.approvalId.split('_')[2] ?? ''

  test.each([
    ['retry', { status: 'retrying', attempt: 2 }, 'not-ready'],
    ['skip', { status: 'skipped' }, 'skipped'],
    ['go-on', { status: 'failed', told: 'go-on' }, 'running'],
  ] as const)('goes on as told: %s', (decision, a, b) => {
    const task = fold(after(waits, failedA, decideOn(what, decision)))
    expect(task).toMatchObject({ steps: { step_a: a, step_b: { status: b } } })
  })

  test('ends the task when it is given up, once those that run have finished', () => {
    const task = fold(after(waits, failedA, decideOn(what, 'fail'), answer('c')))
    expect(task).toMatchObject({ status: 'failed', failure: expect.stringContaining('"A" failed') })
  })

  test('waits where a person takes part, and stops the task where nobody does, when the plan says nothing', () => {
    const plan = { a: {}, b: ['a'] }
    const watched = createWith(plan, { autonomy: 'approve-plan' })
    const approved = decideOn('plan-v1', 'approve')
    expect(fold(after(watched, approved, failedA))).toMatchObject({ status: 'running' })
    expect(fold(after(createWith(plan), failedA))).toMatchObject({ status: 'failed' })
  })
})

describe('a retry', () => {
  const plan = createWith({ a: { retriesMax: 1 }, b: ['a'] })

  test('waits for its time, and goes at once when a person wants it', () => {
    const waiting = after(plan, failedA)
    expect(fold(waiting)).toMatchObject({ steps: { step_a: { phase: 'backoff', attempt: 1 } } })
    given(...waiting)
      .when(startRetry('a', 1, atMs(1_001)))
      .yields()
    given(...waiting)
      .when(startRetry('a', 1, atMs(3_000)))
      .yields(started('a', 2))
    given(...waiting)
      .when(retryStep('a'))
      .yields(reset('a', 1, 'retry', 'once more'), started('a', 2))
  })

  test('of a step that runs leaves its call behind, which is booked and moves nothing', () => {
    const again = after(plan, retryStep('a'))
    const late = answer('a')
    given(...again)
      .when(late)
      .yields(booked(late))
    const task = fold([...again, ...after(plan, retryStep('a'), late).slice(again.length)])
    expect(task).toMatchObject({
      totals: { calls: 1, costNanoUsd: 1_000 },
      steps: { step_a: { attempt: 2, phase: 'calling' } },
    })
  })

  test('is refused for what is done, with what could be done instead', () => {
    given(...after(plan, answer('a')))
      .when(retryStep('a'))
      .rejects('NOT_ALLOWED_NOW')
    given(...after(plan, cancel()))
      .when(retryStep('a'))
      .rejects('TASK_ENDED')
  })
})

describe('a rerun', () => {
  const plan = createWith({ a: [], b: ['a'], c: [], d: ['b', 'c'], e: ['d'] })
  const before = after(plan, answer('a'), answer('c'), answer('b'))

  test('resets the step and what is downstream of it, and nothing else, and goes on counting attempts', () => {
    given(...before)
      .when(rerunFrom('b'))
      .yields(
        reset('b', 1, 'rerun', 'better input'),
        reset('d', 1, 'rerun', 'better input'),
        started('b', 2),
      )
  })

  test('asks again about a step that was approved with what it is given now anew', () => {
    const gated = createWith({ a: [], b: { needs: ['a'], gate: true }, c: ['b'] })
    const approved = [gated, answer('a'), decideOn('step-b', 'approve')]
    const again = [...approved, rerunFrom('a'), answer('a', { attempt: 2, text: 'another' })]
    expect(fold(after(...again))).toMatchObject({
      steps: { step_b: { status: 'needs-you', attempt: 1 } },
      approvals: { 'apr_1_step-b-2': { status: 'open' } },
    })
    // A retry is the same again.
    expect(fold(after(...approved, retryStep('b')))).toMatchObject({
      steps: { step_b: { status: 'retrying', attempt: 2 } },
    })
  })

  test('is refused when what it would reset is no longer what was seen', () => {
    const seen = {
      planVersion: 1,
      steps: [{ stepId: toolPlace('b').stepId, status: 'done' as const, attempt: 1 }],
    }
    given(...before)
      .when(rerunFrom('b', seen))
      .rejects('CHANGED_SINCE')
  })
})

describe('a breakpoint', () => {
  const plan = createWith({ a: [], b: ['a'] })
  const held = [plan, setBreakpoint('b'), answer('a')] as const

  test('pauses the task before its step, and is passed once by going on or by letting the step through', () => {
    expect(fold(after(...held))).toMatchObject({
      status: 'paused',
      pause: { reason: 'breakpoint', stepId: 'step_b' },
      steps: { step_b: { attempt: 0 } },
    })
    given(...after(...held))
      .when(resume())
      .yields(fact('TaskResumed', {}), started('b'))
    given(...after(...held))
      .when(letStep('b'))
      .yields(fact('TaskStepped', { stepId: toolPlace('b').stepId }), started('b'))
    expect(
      fold(after(...held, resume(), rerunFrom('a'), answer('a', { attempt: 2 }))),
    ).toMatchObject({ status: 'paused', pause: { reason: 'breakpoint' } })
  })
})

describe('guidance', () => {
  const plan = createWith({ a: [], b: ['a'] })

  test('that comes while the last answer is on its way is heard before the step is done', () => {
    const task = fold(after(plan, tell('a', 'in German'), answer('a')))
    expect(task).toMatchObject({
      steps: { step_a: { phase: 'calling', turns: [{ turn: 1 }, { turn: 2, told: { step: 1 } }] } },
    })
    expect(fold(after(plan, tell('a', 'x'), answer('a'), answer('a', { turn: 2 })))).toMatchObject({
      steps: { step_a: { status: 'done' } },
    })
  })

  test('is bounded, and refused for a step that is done', () => {
    const words = Array.from({ length: 20 }, (_, index) => tell(null, `word ${index}`))
    given(...after(plan, ...words))
      .when(tell(null, 'one more'))
      .rejects('NOT_ALLOWED_NOW')
    given(...after(plan, answer('a')))
      .when(tell('a', 'too late'))
      .rejects('NOT_ALLOWED_NOW')
  })
})

describe('an agent that is modified', () => {
  const plan = createWith({ a: [], b: ['a'] })
  const promptOf = (task: BornTask) => {
    const step = task.steps[stepA]
    return step && agentOf(task, step)?.prompt
  }

  test('works on as it was until its next attempt, or begins anew at once', () => {
    const later = fold(after(plan, modifyAgent('next-attempt'))) as BornTask
    expect(promptOf(later)).toEqual(refOf('work'))
    const atOnce = fold(after(plan, modifyAgent('at-once'))) as BornTask
    expect(promptOf(atOnce)).toEqual(refOf('work better'))
    expect(atOnce.steps[stepA]).toMatchObject({
      attempt: 2,
      calls: [{ callId: stepPlace('a').callId }, { agentVersion: 2 }],
    })
  })

  test('is refused when somebody else has modified it since', () => {
    given(...after(plan, modifyAgent('next-attempt')))
      .when(modifyAgent('next-attempt', { prompt: 'other' }))
      .rejects('CHANGED_SINCE')
  })
})

test('a step that failed before is failed for good only when a person says so', () => {
  given(...after(createWith({ a: { onFailure: 'skip' }, b: [] })))
    .when(failedA)
    .yields(booked(failedA), stepFailed('a', 'it was no_provider'))
})
