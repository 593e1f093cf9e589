import { userIdOf } from '@maestro/contracts/ids'
import { noMoney } from '@maestro/contracts/money/nano-usd'
import type { EventOf } from './event-of.ts'
import type { BornTask, DraftJob } from './task.ts'

const idle: DraftJob = { turn: 0, phase: 'idle', repair: null, problem: null }

/** No role of a round has begun. */
export const idleJobs = { planner: idle, 'agent-observer': idle, 'plan-observer': idle }

export const bornFrom = (event: EventOf<'TaskCreated'>): BornTask => ({
  status: 'drafting',
  seq: event.seq,
  taskId: event.taskId,
  title: event.data.title,
  goal: event.data.goal,
  inputs: event.data.inputs,
  options: event.data.options,
  stage: 'drafting',
  pause: null,
  steppedIds: [],
  drafting: {
    round: 0,
    sinceRound: 1,
    guidance: null,
    jobs: idleJobs,
    calls: [],
    converged: null,
  },
  versions: [],
  planVersion: null,
  resultStepId: null,
  agents: {},
  steps: {},
  order: [],
  approvals: {},
  totals: {
    costNanoUsd: noMoney,
    inputTokens: 0,
    outputTokens: 0,
    calls: 0,
    callsFailed: 0,
    attemptsLost: 0,
    toolCalls: 0,
  },
  rehearsal: false,
  result: null,
  failure: null,
  createdAt: event.at,
  createdBy: userIdOf(event.actor),
  updatedAt: event.at,
  startedAt: null,
  endedAt: null,
  waitedMs: 0,
  waitingSince: null,
})
