import { BudgetId } from '@maestro/contracts/budget/budget'
import { CallId, TaskId, UserId } from '@maestro/contracts/ids'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Bookkeeper } from '../booking/bookkeeper.ts'
import { openTestBudget, type TestBudget } from '../open-test-budget.ts'
import { readBudgetUse } from './read-budget-use.ts'
import { readRefusedAnswers, writeRefusedAnswers } from './refused-answer-rows.ts'

const model = 'openai/gpt-oss-120b'
let budget: TestBudget
let bookkeeper: Bookkeeper

beforeAll(async () => {
  budget = await openTestBudget({ globalUsd: '1000', at: '2026-11-01T12:00:00Z' })
  bookkeeper = budget.openCopy()
})
afterAll(() => budget.close())

const spend = async (day: number, inputTokens: number) => {
  budget.setClock(`2026-11-0${day}T12:00:00Z`)
  const rate = budget.prices.priceAt('groq', model, budget.now())?.rate
  if (rate === undefined) throw new Error('there is no price')
  const attemptId = `call_1_write_${day}_1.1`
  await bookkeeper.reserve({
    attempt: {
      attemptId,
      callId: attemptId.slice(0, -2),
      taskId: TaskId.parse('task_1'),
      userId: UserId.parse('anna'),
      agentId: null,
      stepId: null,
      purpose: 'step',
      provider: 'groq',
      model,
      rate,
    },
    taskLimitNanoUsd: null,
    holding: { nanoUsd: 1_000_000, tokens: 10_000 },
    leaseMs: 60_000,
  })
  const usage = { inputTokens, cachedInputTokens: 0, outputTokens: 0, reasoningTokens: 0 }
  await bookkeeper.settle({ attemptId, model, usage, sentAt: budget.now() })
}

test('a budget is told by the highest of its ended windows; the present one does not count', async () => {
  await budget.desk.put({
    budgetId: BudgetId.parse('bdg_daily'),
    scope: 'user',
    id: 'anna',
    unit: 'nano-usd',
    period: 'daily',
    timeZone: 'UTC',
    limit: 10_000_000,
    action: 'ask',
    alertPercents: [],
  })
  // An input token costs 150 nano-dollars. Nothing is spent on the third.
  await spend(1, 100)
  await spend(2, 400)
  await spend(4, 200)
  await spend(5, 5_000)
  expect(await readBudgetUse(budget.sql, budget.now())).toEqual([
    {
      budgetId: 'bdg_daily',
      scope: 'user',
      id: 'anna',
      unit: 'nano-usd',
      period: 'daily',
      limit: 10_000_000,
      windows: 3,
      highest: 60_000,
    },
  ])
})

test('an answer that could not be used is remembered once, and told for its period alone', async () => {
  const callId = CallId.parse('call_1_draft_1_planner_1')
  const at = new Date(Date.now() - 60_000)
  const refused = { callId, at: at.toISOString() }
  await writeRefusedAnswers(budget.sql, [refused])
  await writeRefusedAnswers(budget.sql, [refused])
  const to = new Date(at.getTime() + 1)
  expect(await readRefusedAnswers(budget.sql, { from: at, to })).toEqual([callId])
  expect(await readRefusedAnswers(budget.sql, { from: to, to: new Date() })).toEqual([])
})
