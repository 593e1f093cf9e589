import { stepIdOf } from '@maestro/contracts/ids'
import { nanoUsd } from '@maestro/contracts/money/nano-usd'
import { memoriesPerJudgementMax } from '@maestro/contracts/task/result-judgement'
import { expect, test } from 'vitest'
import { effectsOf } from '../effects-of.ts'
import { fold } from '../fold.ts'
import {
  failJudge,
  judgeResult,
  judgeWith,
  refuseJudge,
} from '../testing/judge-command-fixtures.ts'
import {
  after,
  answer,
  answerTool,
  createWith,
  decideOn,
  judgeOutput,
  pause,
  resume,
} from '../testing/task-command-fixtures.ts'
import { atMs, factsWith, orchestrator, refOf } from '../testing/task-fixtures.ts'
import type { BornTask } from '../task.ts'
import type { TaskCommand } from '../task-command.ts'
import { memoryBytesMax } from './task-memory.ts'

type Changes = Partial<Parameters<typeof judgeWith>[0] & { providers: ('groq' | 'ollama')[] }>

const live = ({ providers = [], ...judge }: Changes, ...commands: readonly TaskCommand[]) =>
  after(createWith({ a: {} }, { judge: judgeWith(judge), providers }), ...commands)

const types = (events: ReturnType<typeof live>, from: string) => {
  const all = events.map(({ type }) => type)
  return all.slice(all.lastIndexOf(from as (typeof all)[number]))
}
const stateOf = (events: ReturnType<typeof live>) => fold(events) as BornTask
const delivered = answer('a', { text: 'one' })

test('without a judge nothing is judged: nobody pays for what they did not ask for', () =>
  expect(after(createWith({ a: {} }), delivered).map(({ type }) => type)).not.toContain(
    'JudgementAsked',
  ))

test('what is delivered waits for the judge, and is delivered when it is found good', () => {
  const events = live({}, delivered)
  expect(events.at(-1)).toMatchObject({
    type: 'JudgementAsked',
    data: { turn: 1, about: 'delivery', output: refOf('one'), ask: 1 },
  })
  expect(types(live({}, delivered, judgeResult('a', 'ok')), 'ResultJudged')).toEqual([
    'ResultJudged',
    'StepFinished',
    'TaskSucceeded',
  ])
})

test('its cost is the task’s and the judge’s, and not the step’s', () => {
  const { totals, judgeUse, steps } = stateOf(live({}, delivered, judgeResult('a', 'ok')))
  expect(totals.costNanoUsd).toBe(2_000)
  expect(judgeUse).toEqual({ calls: 1, costNanoUsd: 1_000, withoutVerdict: 0 })
  expect(steps[stepIdOf('a')]?.costNanoUsd).toBe(1_000)
})

test('a revision gives the agent another turn, which is told why, and what it delivers then is judged again', () => {
  const revise = judgeResult('a', 'revise', { reason: 'no sources', words: 'Name the sources.' })
  const events = live({}, delivered, revise)
  expect(types(events, 'ResultJudged')).toEqual([
    'ResultJudged',
    'ObserverNoted',
    'RevisionRequested',
    'TurnStarted',
  ])
  expect(events.find(({ type }) => type === 'ObserverNoted')?.data).toMatchObject({
    detector: 'judge',
    act: 'revise',
    text: 'no sources',
    callId: 'call_1_a_1_1_j1',
  })
  expect(stateOf(events).steps[stepIdOf('a')]?.turns.at(-1)?.remark).toBe('Name the sources.')
  const again = live({}, delivered, revise, answer('a', { text: 'two', turn: 2 }))
  expect(again.at(-1)).toMatchObject({ type: 'JudgementAsked', data: { output: refOf('two') } })
})

test('it keeps to the bounds of the observer: after three revisions it only notes', () => {
  const rounds = [1, 2, 3, 4].flatMap((turn) => [
    answer('a', { text: `version ${turn}`, turn }),
    judgeResult('a', 'revise', { turn }),
  ])
  const events = live({}, ...rounds)
  const acts = events.flatMap((event) => (event.type === 'ObserverNoted' ? [event.data.act] : []))
  expect(acts).toEqual(['revise', 'revise', 'revise', 'note'])
  expect(events.at(-1)?.type).toBe('TaskSucceeded')
})

test('a revision needs a turn: where none is left, what is delivered is noted and taken', () => {
  const options = { judge: judgeWith(), limits: { turnsMax: 1 } }
  const events = after(createWith({ a: {} }, options), delivered, judgeResult('a', 'revise'))
  expect(types(events, 'ResultJudged')).toEqual([
    'ResultJudged',
    'ObserverNoted',
    'StepFinished',
    'TaskSucceeded',
  ])
})

test('another model tries once in a new attempt; where nobody else is known, the agent is told', () => {
  const said = [
    answer('a', { text: 'one', facts: factsWith() }),
    judgeResult('a', 'retry-elsewhere', { reason: 'it made this up' }),
  ]
  const events = live({ providers: ['groq', 'ollama'] }, ...said)
  expect(types(events, 'ResultJudged')).toEqual([
    'ResultJudged',
    'ObserverNoted',
    'StepRetried',
    'StepStarted',
  ])
  expect(stateOf(events).steps[stepIdOf('a')]).toMatchObject({
    attempt: 2,
    strategy: { providers: ['ollama'] },
  })
  expect(live({}, ...said).at(-1)?.type).toBe('TurnStarted')
})

test('a person is asked about a delivery: they can take it, or have the agent go on', () => {
  const asked = [delivered, judgeResult('a', 'ask-person', { reason: 'it contradicts the input' })]
  const events = live({}, ...asked)
  expect(events.at(-1)).toMatchObject({
    type: 'ApprovalRequested',
    data: {
      question: {
        message: 'it contradicts the input',
        choices: ['accept', 'retry', 'other-model', 'skip', 'fail'],
      },
    },
  })
  const taken = live({}, ...asked, decideOn('ask-a-1-1', 'accept'))
  expect(taken.at(-1)).toMatchObject({ type: 'TaskSucceeded', data: { result: refOf('one') } })
  const on = live({}, ...asked, decideOn('ask-a-1-1', 'retry'))
  expect(on.at(-1)).toMatchObject({ type: 'TurnStarted', data: { turn: 2 } })
  expect(stateOf(on).steps[stepIdOf('a')]?.turns.at(-1)?.remark).toBe('it contradicts the input')
})

test('a change of the plan is put to people in words, and nothing waits for it', () => {
  const events = live(
    {},
    delivered,
    judgeResult('a', 'change-plan', { reason: 'Nobody checks it.', words: 'Add a check.' }),
  )
  expect(events.find(({ type }) => type === 'ObserverNoted')?.data).toMatchObject({
    act: 'propose-change',
    text: 'Nobody checks it. Add a check.',
  })
  expect(events.at(-1)?.type).toBe('TaskSucceeded')
})

test('drift from the role is named as such', () =>
  expect(
    live({}, delivered, judgeResult('a', 'note', { concern: 'drift' })).find(
      ({ type }) => type === 'ObserverNoted',
    )?.data,
  ).toMatchObject({ detector: 'drift', act: 'note' }))

test('an answer that cannot be used is repaired once, and then counts as no verdict', () => {
  const repaired = live({}, delivered, refuseJudge('a'))
  expect(repaired.at(-1)).toMatchObject({
    type: 'JudgementAsked',
    data: { ask: 2, repair: 'no JSON' },
  })
  const events = live({}, delivered, refuseJudge('a'), refuseJudge('a', { ask: 2 }))
  expect(types(events, 'ResultJudged')).toEqual(['ResultJudged', 'StepFinished', 'TaskSucceeded'])
  expect(stateOf(events).judgeUse).toMatchObject({ calls: 2, withoutVerdict: 1 })
})

test('a judge that fails, also for money, holds nothing up', () => {
  for (const why of ['budget', 'timeout'] as const) {
    const events = live({}, delivered, failJudge('a', why))
    expect(events.find(({ type }) => type === 'ResultJudged')?.data).toMatchObject({
      verdict: 'none',
      reason: `it was ${why}`,
    })
    expect(events.at(-1)?.type).toBe('TaskSucceeded')
  }
})

test('at its bound of calls or of money the judge stops, once, and says so', () => {
  const revised = [delivered, judgeResult('a', 'revise'), answer('a', { text: 'two', turn: 2 })]
  const byCalls = live({ callsMax: 1 }, ...revised)
  expect(types(byCalls, 'JudgeStopped')).toEqual(['JudgeStopped', 'StepFinished', 'TaskSucceeded'])
  const byMoney = live({ costNanoUsd: nanoUsd(1_000) }, ...revised)
  expect(byMoney.find(({ type }) => type === 'JudgeStopped')?.data).toEqual({
    bound: 'money',
    max: 1_000,
    reached: 1_000,
  })
})

test('an agent that has not delivered is looked at after so many turns', () => {
  const turns = [1, 2].flatMap((turn) => [
    answer('a', { tools: [`t${turn}`], turn }),
    answerTool('a', `t${turn}`, { turn }),
  ])
  const events = live({ turnsBetween: 2 }, ...turns)
  expect(events.filter(({ type }) => type === 'JudgementAsked').map(({ data }) => data)).toEqual([
    expect.objectContaining({ turn: 2, about: 'turns', output: null }),
  ])
  const told = live({ turnsBetween: 2 }, ...turns, judgeResult('a', 'revise', { turn: 2 }))
  expect(types(told, 'ResultJudged')).toEqual([
    'ResultJudged',
    'ObserverNoted',
    'RevisionRequested',
    'TurnStarted',
  ])
})

test('a verdict that comes while the task is paused is acted on when it goes on', () => {
  const events = live({}, delivered, pause(), judgeResult('a', 'ok'))
  expect(events.at(-1)?.type).toBe('ResultJudged')
  expect(live({}, delivered, pause(), judgeResult('a', 'ok'), resume()).at(-1)?.type).toBe(
    'TaskSucceeded',
  )
})

test('what an agent refines is judged when its mode has come to its end', () => {
  const mode = { kind: 'self-refinement' as const, roundsMax: 1 }
  const birth = createWith({ a: { mode } }, { judge: judgeWith() })
  const refined = [birth, delivered, judgeOutput('a', 2, 'revise', 'two')]
  expect(after(...refined).at(-1)).toMatchObject({
    type: 'JudgementAsked',
    data: { turn: 2, output: refOf('two') },
  })
  const events = after(...refined, judgeResult('a', 'ok', { turn: 2 }))
  expect(events.find(({ type }) => type === 'StepFinished')?.data).toMatchObject({
    output: refOf('two'),
    refinement: { ended: 'rounds' },
  })
  // Its own agent goes on, and not whoever judged its versions.
  const revised = after(...refined, judgeResult('a', 'revise', { turn: 2 }))
  expect(revised.at(-1)).toMatchObject({ type: 'TurnStarted', data: { turn: 3, repair: null } })
  expect(revised.at(-1)?.data).not.toHaveProperty('refine')
})

test('the time of a step stands still while it is judged, and goes on afterwards', () => {
  const caps = { durationMs: 10_000 }
  const birth = createWith({ a: { caps } }, { judge: judgeWith() })
  const late = { type: 'CheckStepTime', stepId: stepIdOf('a'), at: atMs(60_000) } as const
  const events = after(birth, delivered, { ...late, actor: orchestrator })
  expect(events.at(-1)?.type).toBe('JudgementAsked')
  const judged = after(birth, delivered, judgeResult('a', 'revise'))
  const at = judged.findIndex(({ type }) => type === 'ResultJudged')
  const [event] = judged.slice(at)
  const state = fold(judged.slice(0, at + 1)) as BornTask
  expect(event && effectsOf(event, state).map(({ kind }) => kind)).toEqual(['check-step-time'])
})

test('what the judge keeps is told to turns that start later, and each turn knows how much that was', () => {
  const memories = [{ key: 'wettest month', text: 'November' }]
  const events = after(
    createWith({ a: {}, b: ['a'] }, { judge: judgeWith() }),
    delivered,
    judgeResult('a', 'ok', { memories }),
  )
  const { memories: kept, steps } = stateOf(events)
  expect(kept).toEqual([
    expect.objectContaining({
      key: 'wettest month',
      text: 'November',
      stepId: stepIdOf('a'),
      callId: 'call_1_a_1_1_j1',
    }),
  ])
  expect(steps[stepIdOf('b')]?.turns[0]?.told).toEqual({ task: 0, step: 0, memories: 1 })
})

test('memory is bounded in bytes: what finds no room is left out, and counted', () => {
  const text = 'ä'.repeat(400)
  const memories = Array.from({ length: memoriesPerJudgementMax }, (_, index) => ({
    key: `k${index}`,
    text,
  }))
  const turns = Array.from({ length: 12 }, (_, index) => index + 1).flatMap((turn) => [
    answer('a', { tools: [`t${turn}`], turn }),
    answerTool('a', `t${turn}`, { turn }),
    judgeResult('a', 'ok', { turn, memories }),
  ])
  const events = after(
    createWith({ a: {} }, { judge: judgeWith(), limits: { turnsMax: 40 } }),
    ...turns,
  )
  const bytes = (stateOf(events).memories ?? []).length * 802
  expect(bytes).toBeLessThanOrEqual(memoryBytesMax)
  expect(bytes).toBeGreaterThan(memoryBytesMax - 802)
  expect(events.findLast(({ type }) => type === 'ResultJudged')?.data).toMatchObject({
    memoriesLeftOut: memoriesPerJudgementMax,
  })
})
