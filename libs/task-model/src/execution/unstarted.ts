import { noMoney } from '@maestro/contracts/money/nano-usd'
import type { PlanStep } from '@maestro/contracts/task/plan-step'
import type { Step } from '../task.ts'

/** A step of the plan before anything has happened to it. */
export const unstarted = (step: PlanStep): Step => ({
  ...step,
  status: 'not-ready',
  phase: null,
  attempt: 0,
  turns: [],
  calls: [],
  approved: false,
  output: null,
  failure: null,
  costNanoUsd: noMoney,
  inputTokens: 0,
  outputTokens: 0,
  queuedAt: null,
  startedAt: null,
  finishedAt: null,
})
