import type { StepMode } from '@maestro/contracts/task/step-mode'
import { expect, test } from 'vitest'
import {
  after,
  answer,
  createWith,
  failStep,
  judgeOutput,
  refuseStep,
} from '../testing/task-command-fixtures.ts'
import { critic, refOf, worker } from '../testing/task-fixtures.ts'
import type { TaskCommand } from '../task-command.ts'

const alone: StepMode = { kind: 'self-refinement', roundsMax: 3 }
const together: StepMode = { kind: 'collaborative', agentIds: [critic], roundsMax: 2 }

const live = (mode: StepMode, ...commands: readonly TaskCommand[]) =>
  after(createWith({ a: { mode, retriesMax: 2 } }), answer('a', { text: 'one' }), ...commands)

const finished = (events: ReturnType<typeof live>) =>
  events.find(({ type }) => type === 'StepFinished')?.data
const asked = (events: ReturnType<typeof live>) =>
  events.flatMap((event) => (event.type === 'TurnStarted' ? [event.data.refine] : []))

test('an agent judges its own output, revises it, and judges again until it finds it good', () => {
  const events = live(alone, judgeOutput('a', 2, 'revise', 'two'), judgeOutput('a', 3, 'good'))
  expect(asked(events)).toEqual([
    { round: 1, agentId: worker },
    { round: 2, agentId: worker },
  ])
  expect(finished(events)).toMatchObject({
    output: refOf('two'),
    refinement: { version: 2, round: 2, ended: 'agreed' },
  })
})

test('a wish for a change that changes nothing ends it', () => {
  for (const output of [null, 'one']) {
    expect(finished(live(alone, judgeOutput('a', 2, 'revise', output)))).toMatchObject({
      output: refOf('one'),
      refinement: { version: 1, round: 1, ended: 'unchanged' },
    })
  }
})

test('the last round ends it with the newest version', () => {
  const once: StepMode = { ...alone, roundsMax: 1 }
  expect(finished(live(once, judgeOutput('a', 2, 'revise', 'two')))).toMatchObject({
    output: refOf('two'),
    refinement: { version: 2, round: 1, ended: 'rounds' },
  })
})

test('several agents take turns, and an agreement counts for the version that it was about', () => {
  const events = live(
    together,
    judgeOutput('a', 2, 'revise', 'two'),
    judgeOutput('a', 3, 'revise', 'three'),
    judgeOutput('a', 4, 'good'),
  )
  expect(asked(events)).toEqual([
    { round: 1, agentId: critic },
    { round: 1, agentId: worker },
    { round: 2, agentId: critic },
  ])
  expect(finished(events)).toMatchObject({
    output: refOf('three'),
    refinement: { version: 3, round: 2, ended: 'agreed' },
  })
})

test('who does not agree is asked until no round is left', () => {
  const events = live(together, judgeOutput('a', 2, 'revise'), judgeOutput('a', 3, 'revise'))
  expect(finished(events)).toMatchObject({ refinement: { version: 1, round: 2, ended: 'rounds' } })
})

test('a judgement that cannot be used is repaired once; then the version that there is is delivered', () => {
  const events = live(
    alone,
    refuseStep('a', 'no JSON', { turn: 2 }),
    refuseStep('a', 'no JSON', { turn: 3 }),
  )
  expect(asked(events)).toEqual([
    { round: 1, agentId: worker },
    { round: 1, agentId: worker },
  ])
  expect(finished(events)).toMatchObject({
    output: refOf('one'),
    refinement: { ended: 'stopped', reason: expect.stringContaining('no JSON') },
  })
})

test('a call that fails, or a cap, ends the refinement and not the step', () => {
  expect(finished(live(alone, failStep('a', 'timeout', { turn: 2 })))).toMatchObject({
    refinement: { version: 1, ended: 'stopped', reason: 'it was timeout' },
  })
  const capped = after(
    createWith({ a: { mode: alone, caps: { turnsMax: 1 } } }),
    answer('a', { text: 'one' }),
  )
  expect(finished(capped)).toMatchObject({
    refinement: { round: 0, ended: 'stopped', reason: expect.stringContaining('all 1 turns') },
  })
})

test('a judgement that comes after the step ended is booked and changes nothing', () => {
  const ended = live(alone, judgeOutput('a', 2, 'good'))
  expect(
    live(alone, judgeOutput('a', 2, 'good'), judgeOutput('a', 2, 'revise', 'late')).length,
  ).toBe(ended.length)
})
