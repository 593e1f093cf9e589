import { expect, test } from 'vitest'
import { effectsOf } from '../effects-of.ts'
import { fold } from '../fold.ts'
import {
  after,
  create,
  decideOn,
  draftRound,
  failDraft,
  guide,
  lock,
  propose,
  refuseDraft,
  take,
} from '../testing/task-command-fixtures.ts'
import { draftPlace, optionsWith, planOf, refOf } from '../testing/task-fixtures.ts'
import type { BornTask } from '../task.ts'
import type { TaskCommand } from '../task-command.ts'

const types = (commands: readonly TaskCommand[], count: number) =>
  after(...commands)
    .slice(-count)
    .map(({ type }) => type)

/** A Planner that gives a locked agent another prompt. */
const breakLock = (turn: number): TaskCommand => {
  const plan = planOf({ a: [], b: ['a'] }, { hash: `hash-2-${turn}` })
  const agents = plan.agents.map((agent) => ({ ...agent, prompt: refOf('work otherwise') }))
  return propose({ round: 2, turn, plan: { ...plan, agents } })
}

test('a Planner that breaks a lock twice leaves the best version that was judged, which runs', () => {
  const events = after(
    create(),
    ...draftRound(1, 'revise', 0.5),
    lock('agent:worker'),
    breakLock(1),
    breakLock(2),
  )
  expect(events.find(({ type }) => type === 'PlanConverged')?.data).toEqual({
    version: 1,
    reason: 'stuck',
    note: expect.stringMatching(
      /^The Planner's answer .* also after one repair: agent:worker is locked/,
    ),
  })
  expect(fold(events)).toMatchObject({ status: 'running', planVersion: 1 })
})

test('so does an observer that cannot be asked; its colleague’s call, in flight, is cancelled', () => {
  const events = after(
    create(),
    ...draftRound(1, 'revise', 0.5),
    propose({ round: 2 }),
    failDraft('agent-observer', 'timeout', { round: 2 }),
  )
  const at = events.findIndex(({ type }) => type === 'PlanConverged')
  const [event] = events.slice(at)
  expect(event?.data).toMatchObject({ version: 1, reason: 'stuck' })
  const task = fold(events.slice(0, at + 1)) as BornTask
  expect(event && effectsOf(event, task)).toMatchObject([
    { kind: 'cancel-calls', callIds: [draftPlace('plan-observer', { round: 2 }).callId] },
  ])
})

test('where nothing was judged there is nothing to run, and the task ends', () =>
  expect(
    types([create(), refuseDraft('planner', 'x'), refuseDraft('planner', 'x', { turn: 2 })], 1),
  ).toEqual(['TaskFailed']))

const stuckAfterWords = [
  create(),
  ...draftRound(1, 'revise', 0.5).slice(0, 2),
  guide('in euros'),
  ...draftRound(1, 'revise', 0.5).slice(2),
  refuseDraft('planner', 'no JSON', { round: 2 }),
  refuseDraft('planner', 'no JSON', { round: 2, turn: 2 }),
]

test('what a person’s words have put out of the running is not run against them: they are asked', () => {
  const events = after(...stuckAfterWords)
  expect(events.at(-1)).toMatchObject({
    type: 'ApprovalRequested',
    data: { question: { choices: ['accept', 'retry', 'other-model', 'fail'] } },
  })
  expect(fold(events)).toMatchObject({ status: 'awaiting-approval' })
})

test('they can take the earlier version, have the Planner asked again, or give it up', () => {
  const told = (decision: 'accept' | 'retry' | 'fail') =>
    after(...stuckAfterWords, decideOn('ask-draft-2-planner-2', decision))
  expect(fold(told('accept'))).toMatchObject({
    status: 'running',
    planVersion: 1,
    drafting: { converged: { reason: 'person' } },
  })
  expect(told('retry').at(-1)).toMatchObject({
    type: 'DraftTurnStarted',
    data: { role: 'planner', turn: 3, repair: 'no JSON' },
  })
  expect(fold(told('fail'))).toMatchObject({ status: 'failed' })
})

test('taking a version cancels the calls of the drafting that are in flight, and what they bring later holds nothing up', () => {
  const options = optionsWith({ drafting: { roundsMax: 3 } })
  const taken = [create({ options }), ...draftRound(1, 'revise', 0.5), take(1)]
  const events = after(...taken)
  const at = events.findIndex(({ type }) => type === 'PlanConverged')
  const [event] = events.slice(at)
  const task = fold(events.slice(0, at + 1)) as BornTask
  expect(event && effectsOf(event, task)).toEqual([
    {
      id: 'cancel-calls:draft:2',
      dueAt: null,
      kind: 'cancel-calls',
      callIds: [draftPlace('planner', { round: 2 }).callId],
    },
  ])
  // Settled, and nothing else: also where it found no money.
  for (const why of ['timeout', 'budget'] as const) {
    expect(types([...taken, failDraft('planner', why, { round: 2 })], 1)).toEqual(['CallFailed'])
  }
})
