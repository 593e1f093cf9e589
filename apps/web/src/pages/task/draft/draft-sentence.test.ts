import type { BornTask, PlanVersion } from '@maestro/task-model/task'
import { expect, test } from 'vitest'
import { draftSentence } from './draft-sentence.ts'

const version = (number: number, score: number) =>
  ({
    version: number,
    author: 'planner',
    round: number,
    complete: true,
    verdicts: { 'agent-observer': { score }, 'plan-observer': { score } },
  }) as unknown as PlanVersion
const jobs = {
  planner: { phase: 'done' },
  'agent-observer': { phase: 'calling' },
  'plan-observer': { phase: 'calling' },
}
const taskOf = (versions: readonly PlanVersion[], drafting: object) =>
  ({
    versions,
    status: 'drafting',
    stage: 'drafting',
    options: { drafting: { roundsMax: 4 } },
    drafting: { round: 2, sinceRound: 1, jobs, ...drafting },
  }) as unknown as BornTask

test('one sentence tells who is at work', () => {
  expect(draftSentence(taskOf([], { converged: null }))).toBe(
    'Round 2: AgentObserver judges the team, PlanObserver judges the plan.',
  )
})

test('it tells why drafting stopped, with the figures that it stopped by', () => {
  const versions = [version(1, 0.8), version(2, 0.88), version(3, 0.884)]
  const stopped = (reason: string) =>
    draftSentence(taskOf(versions, { converged: { version: 3, reason } }))
  expect(stopped('no-improvement')).toBe(
    'Stopped after version 3: its score changed by +0.004, and less than 0.01 is no improvement. Version 3 holds.',
  )
  expect(stopped('round-cap')).toBe(
    'Stopped after 4 rounds, as many as it may take. Version 3 holds.',
  )
  expect(stopped('approved')).toBe('Version 3 holds: both observers approve it.')
})

test('versions from before a person sent them back are no measure', () => {
  const versions = [version(1, 0.95), version(2, 0.7), version(3, 0.69)]
  expect(
    draftSentence(
      taskOf(versions, { sinceRound: 2, converged: { version: 2, reason: 'no-improvement' } }),
    ),
  ).toContain('its score changed by −0.010')
})
