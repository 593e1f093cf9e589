import type { BornTask, PlanVersion } from '@maestro/task-model/task'
import { expect, test } from 'vitest'
import { findingRows, versionRows } from './draft-rows.ts'

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

test('a version scores what the drafting goes by, the mean of both verdicts, and nothing while one is missing', () => {
  const call = (round: number, tokens: number) => ({
    round,
    facts: { usage: { inputTokens: tokens, outputTokens: 1 }, costNanoUsd: 5 },
  })
  const rows = versionRows(
    taskOf(
      [
        version(1, { ...both(0.9, 0.5), author: 'planner', round: 1 }),
        version(2, { ...both(0.8, 0.7), author: 'planner', round: 2 }),
        version(3, {
          author: 'person',
          round: 2,
          verdicts: { 'agent-observer': verdict(0.9), 'plan-observer': null },
        }),
      ],
      { drafting: { calls: [call(1, 10), call(1, 20), call(2, 30), { round: 2, facts: null }] } },
    ),
  )
  expect(rows.map(({ score, change }) => [score, change?.toFixed(2) ?? null])).toEqual([
    [0.7, null],
    [0.75, '0.05'],
    [null, null],
  ])
  expect(rows.map(({ used }) => used)).toEqual([
    { tokens: 32, costNanoUsd: 10 },
    { tokens: 31, costNanoUsd: 5 },
    null,
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
