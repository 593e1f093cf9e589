import { limitMax } from '@maestro/contracts/budget/budget'
import type { ApprovalDecision } from '@maestro/contracts/task/approval'
import { describe, expect, test } from 'vitest'
import { effectsOf } from '../effects-of.ts'
import { fold } from '../fold.ts'
import {
  after,
  answer,
  approvalId,
  createWith,
  decideOn,
  failStep,
  resume,
  resumeWithBudget,
} from '../testing/task-command-fixtures.ts'
import { refusedUntil, toolPlace } from '../testing/task-fixtures.ts'
import { given } from '../testing/task-spec.ts'
import type { BornTask } from '../task.ts'
import type { TaskCommand } from '../task-command.ts'

const idOf = (name: string) => toolPlace(name).stepId
// a has delivered, b was refused, c waits for both, d delivers the result.
const refused = failStep('b', 'budget', { refusal: refusedUntil(null) })
const asked = [
  createWith({ a: [], b: [], c: ['a'], d: ['b', 'c'] }, { limits: { stepsParallelMax: 2 } }),
  answer('a'),
  answer('c'),
  refused,
] as const
const taskAfter = (...commands: readonly TaskCommand[]) => fold(after(...commands)) as BornTask
const say = (decision: ApprovalDecision, more: Parameters<typeof decideOn>[2] = {}) =>
  decideOn('money', decision, more)

describe('a task whose money has run out', () => {
  test('asks its owner, once per pause, with what can be chosen and what that would mean', () => {
    const task = taskAfter(...asked)
    expect(task.approvals[approvalId('money')]).toMatchObject({
      kind: 'budget',
      status: 'open',
      mayDecide: 'owner',
      silence: 'cancel',
      budget: {
        raiseByMin: 1,
        droppable: [{ stepId: 'step_b' }],
        deliverable: { stepId: 'step_c' },
        choices: ['raise', 'cheaper-model', 'drop-steps', 'finish', 'stop'],
      },
    })
    expect(Object.keys(task.approvals)).toHaveLength(1)
    expect(task.pause?.note).toBe(
      'The limit for everybody is $0.000001: $0.000001 spent, and the next call may need $0.000000001.',
    )
  })

  test('offers only what would help: no raise of what nobody knows, nothing to finish with', () =>
    expect(
      taskAfter(createWith({ a: [] }), failStep('a', 'budget')).approvals[approvalId('money')],
    ).toMatchObject({ budget: { choices: ['cheaper-model', 'stop'] } }))

  test('goes on by itself when the limit is raised anywhere, and its question is closed', () => {
    const because = { kind: 'limit', budgetId: 'global', limit: 2_000 } as const
    for (const command of [resumeWithBudget(because), resume()]) {
      const task = taskAfter(...asked, command)
      expect(task.approvals[approvalId('money')]).toMatchObject({ status: 'withdrawn' })
      expect(task.status).toBe('running')
    }
  })

  test('asks again when money runs out again', () => {
    const again = failStep('b', 'budget', { turn: 2, refusal: refusedUntil(null) })
    const task = taskAfter(...asked, resume(), again)
    expect(task.approvals[approvalId('money-2')]).toMatchObject({ status: 'open' })
  })
})

describe('its answer', () => {
  test('to raise waits until budget has raised the limit, which is asked for once', () => {
    const events = after(...asked, say('raise', { budget: { raiseBy: 500 } }))
    const task = fold(events) as BornTask
    const last = events.at(-1)
    expect(last && effectsOf(last, task)).toContainEqual({
      id: `raise:${approvalId('money')}`,
      dueAt: null,
      kind: 'raise-budget',
      budgetId: 'global',
      limit: 1_500,
    })
    expect(task).toMatchObject({ status: 'paused', pause: { reason: 'budget' } })
    const because = { kind: 'limit', budgetId: 'global', limit: 1_500 } as const
    expect(
      taskAfter(...asked, say('raise', { budget: { raiseBy: 500 } }), resumeWithBudget(because)),
    ).toMatchObject({ status: 'running', steps: { step_b: { phase: 'calling' } } })
  })

  test('to raise by too little is refused with what would be enough', () => {
    const { budget, ...rest } = refusedUntil(null)
    const refusal = { ...rest, budget: budget && { ...budget, settled: 900, needed: 400 } }
    const short = failStep('b', 'budget', { refusal })
    given(...after(...asked.slice(0, 3), short))
      .when(say('raise', { budget: { raiseBy: 299 } }))
      .rejects('INVALID_INPUT', { field: 'raiseBy', atLeast: 300 })
  })

  test('to raise beyond what a limit can be is refused with what can be', () =>
    given(...after(...asked))
      .when(say('raise', { budget: { raiseBy: limitMax } }))
      .rejects('INVALID_INPUT', {
        field: 'raiseBy',
        atMost: limitMax - (refusedUntil(null).budget?.limit ?? 0),
      }))

  test('of a cheaper model lets it go on, asked of whom it says', () => {
    const task = taskAfter(...asked, say('cheaper-model'))
    expect(task).toMatchObject({
      status: 'running',
      steps: {
        step_b: { phase: 'calling', strategy: { providers: ['ollama'] } },
        step_d: { strategy: { providers: ['ollama'] } },
      },
    })
    expect(task.steps[idOf('a')]?.strategy).toBeUndefined()
  })

  test('to drop steps leaves them out and goes on with the rest', () => {
    const task = taskAfter(...asked, say('drop-steps', { budget: { stepIds: [idOf('b')] } }))
    expect(task).toMatchObject({
      status: 'running',
      steps: { step_b: { status: 'skipped' }, step_d: { status: 'running' } },
    })
  })

  test('to drop what cannot be left out is refused with what can', () =>
    given(...after(...asked))
      .when(say('drop-steps', { budget: { stepIds: [idOf('d')] } }))
      .rejects('INVALID_INPUT', { field: 'stepIds', choices: ['step_b'] }))

  test('to finish ends it with what was delivered last, and says so', () => {
    const task = taskAfter(...asked, say('finish'))
    expect(task).toMatchObject({
      status: 'succeeded',
      result: task.steps[idOf('c')]?.output,
      cutShort: { stepId: 'step_c' },
      steps: {
        step_a: { status: 'done' },
        step_b: { status: 'cut-off' },
        step_d: { status: 'cut-off' },
      },
    })
  })

  test('to stop cancels it', () =>
    expect(taskAfter(...asked, say('stop'))).toMatchObject({ status: 'cancelled' }))

  test('that says more than its choice takes is refused', () => {
    given(...after(...asked))
      .when(say('stop', { budget: { raiseBy: 5 } }))
      .rejects('INVALID_INPUT', { field: 'raiseBy' })
    given(...after(...asked))
      .when(say('approve'))
      .rejects('INVALID_INPUT', {
        field: 'decision',
        choices: ['raise', 'cheaper-model', 'drop-steps', 'finish', 'stop'],
      })
  })

  test('comes from its owner, not from a key', () =>
    given(...after(...asked))
      .when({ ...say('stop'), actor: { kind: 'api-key', id: 'key_1' } })
      .rejects('APPROVAL_NOT_YOURS', { mayDecide: 'owner' }))
})
