import { AppError } from '@maestro/contracts/errors'
import { nanoUsd } from '@maestro/contracts/money/nano-usd'
import { describe, expect, test } from 'vitest'
import { fold } from '../fold.ts'
import type { BornTask, Step } from '../task.ts'
import type { TaskCommand } from '../task-command.ts'
import {
  after,
  answer,
  approvalId,
  create,
  createWith,
  cutStep,
  decideOn,
  draftRound,
  expire,
  failDraft,
  failStep,
  judge,
  letStep,
  pause,
  propose,
  resume,
} from '../testing/task-command-fixtures.ts'
import { ada, atMs, factsWith, optionsWith } from '../testing/task-fixtures.ts'

const bornAfter = (...commands: readonly TaskCommand[]): BornTask => {
  const task = fold(after(...commands))
  if (task.status === 'unborn') throw new Error('no task')
  return task
}
const stepOf = (task: BornTask, name = 'a') =>
  Object.values<Step>(task.steps).find(({ title }) => title === name.toUpperCase())
const refusalOf = (...commands: readonly TaskCommand[]) => {
  try {
    after(...commands)
  } catch (error) {
    if (error instanceof AppError) return { code: error.code, details: error.details }
    throw error
  }
  throw new Error('it was not refused')
}

const ask = { suggestion: 'Check the key of groq.' }
const tried = {
  attempt: 1,
  provider: 'groq' as const,
  model: 'small',
  outcome: 'failed' as const,
  failureClass: 'auth' as const,
  reason: 'It refused our key.',
  latencyMs: 5,
  costNanoUsd: nanoUsd(0),
}
const facts = factsWith({ provider: null, model: null, attempts: [tried] })
const failed = failStep('a', 'auth', { ask, facts })
/** `a` and `b` run at once, `c` waits for both; the call of `a` fails with a question. */
const asked = [createWith({ a: [], b: [], c: ['a', 'b'] }), failed]
const question = 'ask-a-1-1'

describe('a call that failed with a question to a person', () => {
  test('holds its step and nothing else, and says what failed, what was tried and what can be chosen', () => {
    const task = bornAfter(...asked)
    expect(stepOf(task)).toMatchObject({ status: 'needs-you', phase: 'asked' })
    expect(stepOf(task, 'b')?.status).toBe('running')
    expect(task).toMatchObject({ status: 'running', pause: null })
    const { provider, model, outcome, failureClass, reason } = tried
    expect(task.approvals[approvalId(question)]).toMatchObject({
      kind: 'failure',
      status: 'open',
      stepId: 'step_a',
      question: {
        callId: 'call_1_a_1_1',
        failureClass: 'auth',
        message: 'it was auth',
        suggestion: ask.suggestion,
        tried: [{ provider, model, outcome, failureClass, reason }],
        choices: ['retry', 'other-model', 'skip', 'fail'],
      },
    })
  })

  test('is made once more when the person says so: a further turn of the same attempt', () => {
    const task = bornAfter(...asked, decideOn(question, 'retry'))
    expect(stepOf(task)).toMatchObject({ status: 'running', phase: 'calling', attempt: 1 })
    expect(stepOf(task)?.turns.map(({ turn }) => turn)).toEqual([1, 2])
    expect(task.approvals[approvalId(question)]).toMatchObject({
      status: 'answered',
      decision: 'retry',
      decidedBy: ada.id,
    })
    const ended = bornAfter(
      ...asked,
      decideOn(question, 'retry'),
      answer('a', { turn: 2 }),
      answer('b'),
      answer('c'),
    )
    expect(ended.status).toBe('succeeded')
  })

  test('goes to the model that the person names, and so do those that follow in its step', () => {
    const strategy = { providers: ['ollama' as const], models: { ollama: 'qwen3:8b' } }
    const task = bornAfter(...asked, decideOn(question, 'other-model', { strategy }))
    expect(stepOf(task)).toMatchObject({ status: 'running', strategy })
    expect(stepOf(task, 'b')).not.toHaveProperty('strategy')
  })

  test('leaves its step out when the person says so, and the rest goes on', () => {
    const told = [...asked, decideOn(question, 'skip'), answer('b'), answer('c')]
    const task = bornAfter(...told)
    expect(task.status).toBe('succeeded')
    expect(stepOf(task)).toMatchObject({
      status: 'skipped',
      skipReason: 'a person left it out after it was auth',
    })
  })

  test('is given up when the person says so, though attempts are left', () => {
    const task = bornAfter(
      createWith({ a: { retriesMax: 3 } }),
      failed,
      decideOn(question, 'fail', { reason: 'not worth it' }),
    )
    expect(task).toMatchObject({ status: 'failed', failure: 'Step "A" failed: it was auth' })
  })

  test('may fail again, and is asked about again', () => {
    const again = failStep('a', 'auth', { ask, turn: 2 })
    const task = bornAfter(...asked, decideOn(question, 'retry'), again)
    expect(Object.values(task.approvals).map(({ status }) => status)).toEqual(['answered', 'open'])
    expect(stepOf(task)?.status).toBe('needs-you')
  })

  test('also when a part of its answer came', () => {
    const cut = cutStep('a', { ask, isUsable: false })
    const task = bornAfter(createWith({ a: [] }), cut)
    expect(task.approvals[approvalId(question)]?.question).toMatchObject({
      failureClass: 'incomplete_stream',
      message: 'it broke off',
    })
    const told = bornAfter(createWith({ a: [] }), cut, decideOn(question, 'retry'))
    expect(stepOf(told)).toMatchObject({ phase: 'calling', attempt: 1 })
  })

  test('waits for a person without using up the time of the task', () => {
    const alone = [createWith({ a: [] }), failed]
    expect(bornAfter(...alone).waitingSince).not.toBeNull()
    expect(bornAfter(...asked).waitingSince).toBeNull()
    const told = bornAfter(...alone, decideOn(question, 'retry', { at: atMs(61_000) }))
    expect(told).toMatchObject({ waitingSince: null, waitedMs: 60_000 })
  })

  test('does not hold up the end of a task that has failed elsewhere', () => {
    const task = bornAfter(...asked, failStep('b', 'timeout'))
    expect(task.status).toBe('failed')
    expect(task.approvals[approvalId(question)]?.status).toBe('withdrawn')
  })

  test('that nobody answers in time ends the task: silence never spends', () => {
    const { expiresAt } = bornAfter(...asked).approvals[approvalId(question)] ?? {}
    if (expiresAt === undefined) throw new Error('nothing was asked')
    expect(bornAfter(...asked, expire(question, expiresAt)).status).toBe('cancelled')
  })
})

describe('while the task is paused', () => {
  test('nobody is asked, and what was answered begins with its end', () => {
    const paused = [createWith({ a: [] }), pause(), failed]
    expect(Object.keys(bornAfter(...paused).approvals)).toEqual([])
    expect(stepOf(bornAfter(...paused, resume()))?.status).toBe('needs-you')

    const told = [createWith({ a: [] }), failed, pause(), decideOn(question, 'retry')]
    expect(stepOf(bornAfter(...told))).toMatchObject({ phase: 'call-failed' })
    expect(stepOf(bornAfter(...told, resume()))).toMatchObject({ phase: 'calling' })
  })

  test('a step that waits for its answer cannot be let through', () =>
    expect(refusalOf(createWith({ a: [] }), failed, pause(), letStep('a'))).toMatchObject({
      code: 'STEP_NOT_READY',
    }))
})

describe('a question about a role of the drafting', () => {
  const draft = [create(), propose(), failDraft('agent-observer', 'auth', { ask })]
  const ofDraft = 'ask-draft-1-agent-observer-1'

  test('makes the task wait for a person, and lets the other observer finish', () => {
    expect(bornAfter(...draft)).toMatchObject({ status: 'awaiting-approval', stage: 'drafting' })
    const judged = bornAfter(...draft, judge('plan-observer'))
    expect(judged).toMatchObject({ status: 'awaiting-approval', planVersion: null })
    expect(judged.waitingSince).not.toBeNull()
  })

  test('is answered, and the drafting goes on where it stood', () => {
    const strategy = { providers: ['gemini' as const] }
    const told = decideOn(ofDraft, 'other-model', { strategy })
    const task = bornAfter(...draft, judge('plan-observer'), told)
    expect(task).toMatchObject({ status: 'drafting', drafting: { strategy } })
    expect(task.drafting.jobs['agent-observer']).toMatchObject({ phase: 'calling', turn: 2 })
    const judgedAgain = judge('agent-observer', { turn: 2 })
    expect(bornAfter(...draft, judge('plan-observer'), told, judgedAgain).status).toBe('running')
    const givenUp = bornAfter(...draft, decideOn(ofDraft, 'fail'))
    expect(givenUp.failure).toContain('AgentObserver could not be asked: it was auth')
  })
})

describe('an answer that is none is refused with what is possible', () => {
  test.each([
    [
      'a decision about plans',
      decideOn(question, 'approve'),
      'decision',
      'retry, other-model, skip, fail',
    ],
    [
      'another model without a name',
      decideOn(question, 'other-model', { strategy: {} }),
      'strategy',
      'say whom to ask',
    ],
    [
      'a model where none is asked for',
      decideOn(question, 'retry', { strategy: { providers: ['groq'] } }),
      'strategy',
      'only other-model',
    ],
  ])('%s', (_what, command, field, reason) =>
    expect(refusalOf(...asked, command)).toMatchObject({
      code: 'INVALID_INPUT',
      details: { field, reason: expect.stringContaining(reason) },
    }),
  )

  test('a choice about failures, for a plan', () =>
    expect(
      refusalOf(
        create({ options: optionsWith({ autonomy: 'approve-plan' }) }),
        ...draftRound(1, 'approve', 0.9),
        decideOn('plan-v1', 'retry'),
      ),
    ).toMatchObject({ code: 'INVALID_INPUT', details: { field: 'decision' } }))

  test('a second answer hears who was first, and what they said', () =>
    expect(
      refusalOf(...asked, decideOn(question, 'retry'), decideOn(question, 'fail')),
    ).toMatchObject({
      code: 'APPROVAL_DECIDED',
      details: { status: 'answered', decision: 'retry', decidedBy: ada.id },
    }))
})
