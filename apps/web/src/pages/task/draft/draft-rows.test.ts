import type { BornTask, PlanVersion } from '@maestro/task-model/task'
import { expect, test } from 'vitest'
import { draftSentence, findingRows, versionRows } from './draft-rows.ts'

const verdict = (
  score: number,
  findings: readonly { findingId: string; severity: string }[] = [],
) => ({
  verdict: 'revise',
  score,
  findings: findings.map((finding) => ({ ...finding, target: 'plan', text: 'x' })),
  summary: '',
})
const version = (number: number, change: object): PlanVersion =>
  ({
    version: number,
    complete: true,
    verdicts: { 'agent-observer': null, 'plan-observer': null },
    replies: [],
    ...change,
  }) as unknown as PlanVersion
const both = (agents: number, plan: number) => ({
  verdicts: { 'agent-observer': verdict(agents), 'plan-observer': verdict(plan) },
})
const taskOf = (versions: readonly PlanVersion[], change: object = {}) =>
  ({ versions, status: 'drafting', stage: 'drafting', ...change }) as unknown as BornTask

test('a version is as good as its worse verdict, and has no score while one is missing', () => {
  const rows = versionRows(
    taskOf([
      version(1, both(0.9, 0.5)),
      version(2, both(0.8, 0.75)),
      version(3, { verdicts: { 'agent-observer': verdict(0.9), 'plan-observer': null } }),
    ]),
  )
  expect(rows.map(({ score, change }) => [score, change])).toEqual([
    [0.5, null],
    [0.75, 0.25],
    [null, null],
  ])
})

test('findings come the worst first, each with what the next version says of it', () => {
  const findings = [
    { findingId: 'f1', severity: 'minor' },
    { findingId: 'f2', severity: 'blocker' },
  ]
  const first = version(1, {
    verdicts: { 'agent-observer': null, 'plan-observer': verdict(0.4, findings) },
  })
  const second = version(2, { replies: [{ findingId: 'f2', addressed: true, note: 'split it' }] })
  const rows = findingRows(taskOf([first, second]), first, 'plan-observer')
  expect(rows.map(({ findingId, reply }) => [findingId, reply])).toEqual([
    ['f2', { version: 2, addressed: true, note: 'split it' }],
    ['f1', null],
  ])
})

test('one sentence tells who is at work, or why it stopped', () => {
  const jobs = {
    planner: { phase: 'done' },
    'agent-observer': { phase: 'calling' },
    'plan-observer': { phase: 'calling' },
  }
  const drafting = { round: 2, jobs, converged: null }
  expect(draftSentence(taskOf([], { drafting }))).toBe(
    'Round 2: AgentObserver judges the team, PlanObserver judges the plan.',
  )
  const converged = { version: 2, reason: 'no-improvement' }
  expect(draftSentence(taskOf([], { drafting: { ...drafting, converged } }))).toBe(
    'Version 2 holds: the score stopped improving.',
  )
})
