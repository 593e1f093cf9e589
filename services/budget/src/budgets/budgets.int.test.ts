import { type Budget, BudgetId, globalBudgetId } from '@maestro/contracts/budget/budget'
import { AppError } from '@maestro/contracts/errors'
import { AgentId, TaskId, UserId } from '@maestro/contracts/ids'
import fc from 'fast-check'
import { afterEach, expect, test } from 'vitest'
import type { Bookkeeper } from '../booking/bookkeeper.ts'
import { openTestBudget, type TestBudget } from '../open-test-budget.ts'
import { windowAt } from './window.ts'

let budget: TestBudget
afterEach(() => budget.close())
const open = async (at?: string) =>
  (budget = await openTestBudget({ globalUsd: '10', ...(at === undefined ? {} : { at }) }))

const taskId = TaskId.parse('task_1')
const anna = UserId.parse('anna@example.org')
const writer = AgentId.parse('agt_1_writer')
const model = 'openai/gpt-oss-120b'

const reserve = (
  copy: Bookkeeper,
  number: number,
  nano: number,
  { tokens = 1_000, limit = null }: { tokens?: number; limit?: number | null } = {},
) => {
  const rate = budget.prices.priceAt('groq', model, budget.now())?.rate
  if (rate === undefined) throw new Error('no price')
  const callId = `call_1_write_1_${number}`
  return copy.reserve({
    attempt: {
      attemptId: `${callId}.1`,
      callId,
      taskId,
      userId: anna,
      agentId: writer,
      stepId: null,
      purpose: 'step',
      provider: 'groq',
      model,
      rate,
    },
    taskLimitNanoUsd: limit as never,
    holding: { nanoUsd: nano, tokens },
    leaseMs: 60_000,
  })
}
const settleWhole = (copy: Bookkeeper, number: number) =>
  copy.settle({ attemptId: `call_1_write_1_${number}.1`, model, usage: null, sentAt: new Date() })

const bdg = (name: string) => BudgetId.parse(`bdg_${name}`)
const rules = (over: Partial<Budget>): Budget => ({
  budgetId: bdg('a'),
  scope: 'user',
  id: anna,
  unit: 'nano-usd',
  period: 'monthly',
  timeZone: 'UTC',
  limit: 10_000,
  action: 'refuse',
  alertPercents: [50, 75, 90, 100],
  ...over,
})
const levelOf = async (budgetId: BudgetId) => (await budget.budgets.get(budgetId)).level
const putGlobal = async (over: Partial<Budget>) =>
  budget.desk.put({ ...(await levelOf(globalBudgetId)), ...over })
const facts = () => budget.sql<{ subject: string; type: string; data: Record<string, unknown> }[]>`
  select subject, type, data from facts order by at, subject, seq`
const refusal = async (work: Promise<unknown>): Promise<AppError> => {
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  )
  if (!(error instanceof AppError)) throw new Error('it was not refused')
  return error
}

test('a fresh database has a limit of ten dollars a month', async () => {
  const { budgets } = await open()
  expect(await budgets.over(taskId)).toEqual([
    {
      budgetId: 'global',
      scope: 'global',
      id: 'global',
      unit: 'nano-usd',
      period: 'monthly',
      timeZone: 'UTC',
      action: 'ask',
      alertPercents: [50, 75, 90, 100],
      windowStart: '2026-11-01T00:00:00.000Z',
      windowEnd: '2026-12-01T00:00:00.000Z',
      limit: 10_000_000_000,
      settled: 0,
      reserved: 0,
    },
  ])
})

test('a change of rhythm frees no money: what was spent in its window counts, and so do later bills', async () => {
  const copy = (await open()).openCopy()
  await reserve(copy, 1, 3_000)
  await settleWhole(copy, 1)
  await reserve(copy, 2, 5_000)
  expect(await putGlobal({ limit: 9_000, period: 'daily' })).toMatchObject({
    period: 'daily',
    windowStart: '2026-11-22T00:00:00.000Z',
    windowEnd: '2026-11-23T00:00:00.000Z',
    limit: 9_000,
    settled: 3_000,
    reserved: 5_000,
  })
  await settleWhole(copy, 2)
  expect(await levelOf(globalBudgetId)).toMatchObject({ settled: 8_000, reserved: 0 })
  expect(await putGlobal({ period: 'monthly' })).toMatchObject({ settled: 8_000, reserved: 0 })
})

test('a new budget counts what its window has seen already, and what is settled of it later', async () => {
  const copy = (await open('2026-11-22T23:00:00Z')).openCopy()
  await reserve(copy, 1, 3_000)
  await settleWhole(copy, 1)
  await reserve(copy, 2, 5_000, { tokens: 700 })
  budget.setClock('2026-11-23T01:00:00Z')
  await reserve(copy, 3, 400, { tokens: 80 })
  await budget.desk.put(rules({}))
  await budget.desk.put(rules({ budgetId: bdg('day'), period: 'daily' }))
  await budget.desk.put(
    rules({ budgetId: bdg('tokens'), scope: 'agent', id: writer, unit: 'tokens' }),
  )
  await budget.desk.put(rules({ budgetId: bdg('other'), id: 'bob' }))
  expect(await levelOf(bdg('a'))).toMatchObject({ settled: 3_000, reserved: 5_400 })
  expect(await levelOf(bdg('day'))).toMatchObject({ settled: 0, reserved: 400 })
  expect(await levelOf(bdg('tokens'))).toMatchObject({ settled: 1_000, reserved: 780 })
  await settleWhole(copy, 2)
  await settleWhole(copy, 3)
  expect(await levelOf(bdg('a'))).toMatchObject({ settled: 8_400, reserved: 0 })
  // What was reserved before its first day is no concern of a daily budget.
  expect(await levelOf(bdg('day'))).toMatchObject({ settled: 400, reserved: 0 })
  expect(await levelOf(bdg('tokens'))).toMatchObject({ settled: 1_780, reserved: 0 })
  expect(await levelOf(bdg('other'))).toMatchObject({ settled: 0, reserved: 0 })
})

test('a limit that a task brings late counts what the task has spent without it', async () => {
  const copy = (await open()).openCopy()
  await reserve(copy, 1, 3_000)
  await settleWhole(copy, 1)
  await reserve(copy, 2, 500)
  expect((await refusal(reserve(copy, 3, 600, { limit: 4_000 }))).code).toBe('BUDGET_IN_FLIGHT')
  await settleWhole(copy, 2)
  expect(await levelOf(BudgetId.parse(taskId))).toMatchObject({ settled: 3_500, reserved: 0 })
})

test('two copies admit together what fits four levels, in money and in tokens, and nothing stays of what was refused', async () => {
  await open()
  const copies = [budget.openCopy(), budget.openCopy()]
  await budget.desk.put(rules({ limit: 50_000 }))
  await budget.desk.put(
    rules({ budgetId: bdg('tokens'), scope: 'agent', id: writer, unit: 'tokens', limit: 2_345 }),
  )
  const outcomes = await Promise.allSettled(
    Array.from({ length: 120 }, (_, number) =>
      reserve(copies[number % 2] as Bookkeeper, number, 1_000, { tokens: 100, limit: 40_000 }),
    ),
  )
  const refused = outcomes.flatMap((outcome) =>
    outcome.status === 'rejected' ? [outcome.reason as AppError] : [],
  )
  expect(outcomes.length - refused.length).toBe(23)
  expect(refused[0]?.details).toMatchObject({
    scope: 'agent',
    limitTokens: '2345',
    neededTokens: '100',
    refusal: {
      code: 'BUDGET_IN_FLIGHT',
      budget: { unit: 'tokens', action: 'refuse', needed: 100 },
    },
  })
  const { items } = await budget.budgets.list({ scope: null, id: null, after: null, limit: 50 })
  expect(items.map(({ budgetId, settled, reserved }) => [budgetId, settled, reserved])).toEqual([
    ['global', 0, 23_000],
    ['bdg_a', 0, 23_000],
    ['bdg_tokens', 0, 2_300],
    ['task_1', 0, 23_000],
  ])
})

test('a budget that only warns lets calls through and says once that its limit is reached', async () => {
  const copy = (await open()).openCopy()
  await budget.desk.put(rules({ action: 'warn', limit: 1_000 }))
  await reserve(copy, 1, 900)
  await reserve(copy, 2, 900)
  await reserve(copy, 3, 900)
  expect(await levelOf(bdg('a'))).toMatchObject({ reserved: 2_700 })
  expect((await facts()).map(({ subject, type }) => [subject, type])).toEqual([
    ['budget.bdg_a', 'BudgetChanged'],
    ['budget.bdg_a', 'LimitReached'],
  ])
})

test('its own shares of a limit are told once each, over two copies, and again under a higher limit', async () => {
  await open()
  const copies = [budget.openCopy(), budget.openCopy()]
  await budget.desk.put(rules({ alertPercents: [10, 60], limit: 10_000 }))
  const spend = async (from: number, count: number) => {
    const numbers = Array.from({ length: count }, (_, index) => from + index)
    const copyOf = (number: number) => copies[number % 2] as Bookkeeper
    await Promise.all(numbers.map((number) => reserve(copyOf(number), number, 1_000)))
    await Promise.all(numbers.map((number) => settleWhole(copyOf(number), number)))
  }
  await spend(1, 7)
  const told = async () =>
    (await facts()).flatMap(({ type, data }) =>
      type === 'BudgetAlertRaised' ? [data['percent']] : [],
    )
  expect(await told()).toEqual([10, 60])
  await budget.desk.put(rules({ alertPercents: [10, 60], limit: 20_000 }))
  expect(await told()).toEqual([10, 60])
  await spend(11, 5)
  expect(await told()).toEqual([10, 60, 60])
  // A lower limit tells at once what of it is spent.
  await budget.desk.put(rules({ alertPercents: [10, 60, 90], limit: 13_000 }))
  expect(await told()).toEqual([10, 60, 60, 90])
})

test('every change is told with what it is, and what is deleted counts no more', async () => {
  const copy = (await open()).openCopy()
  await budget.desk.put(rules({ limit: 500 }))
  expect((await refusal(reserve(copy, 1, 600))).code).toBe('BUDGET_TOO_SMALL')
  await budget.desk.put(rules({ limit: 700 }))
  await reserve(copy, 1, 600)
  await budget.desk.put(rules({ limit: 650 }))
  await budget.desk.put(rules({ limit: 650, action: 'ask' }))
  await budget.desk.remove(bdg('a'))
  await settleWhole(copy, 1)
  const changes = (await facts()).flatMap(({ type, data }) =>
    type === 'BudgetChanged' ? [data['change']] : [],
  )
  expect(changes).toEqual(['created', 'raised', 'lowered', 'changed', 'deleted'])
  expect((await refusal(budget.budgets.get(bdg('a')))).code).toBe('NOT_FOUND')
  expect((await refusal(budget.desk.remove(bdg('a')))).code).toBe('NOT_FOUND')
})

test('what the owner set of a task’s limit stays until the task brings another one', async () => {
  const copy = (await open()).openCopy()
  await reserve(copy, 1, 600, { limit: 1_000 })
  const own = await levelOf(BudgetId.parse(taskId))
  await budget.desk.put({ ...own, limit: 2_000 })
  await reserve(copy, 2, 600, { limit: 1_000 })
  expect((await refusal(reserve(copy, 3, 1_100, { limit: 1_100 }))).code).toBe('BUDGET_IN_FLIGHT')
  expect(await levelOf(BudgetId.parse(taskId))).toMatchObject({ limit: 1_100, reserved: 1_200 })
  const told = (await facts()).map(({ subject, data }) => [subject, data['change']])
  expect(told).toEqual([
    ['budget.task_1', 'raised'],
    ['budget.task_1', 'lowered'],
  ])
})

test('what must not be is refused: other owners, other units, a ninth budget, the end of the global one', async () => {
  await open()
  await budget.desk.put(rules({}))
  const codes = [
    await refusal(budget.desk.put(rules({ id: 'bob' }))),
    await refusal(budget.desk.put(rules({ unit: 'tokens' }))),
    await refusal(budget.desk.put(rules({ budgetId: BudgetId.parse('task_2') }))),
    await refusal(budget.desk.remove(globalBudgetId)),
  ]
  for (let number = 1; number < 8; number += 1)
    await budget.desk.put(rules({ budgetId: bdg(`more-${number}`) }))
  codes.push(await refusal(budget.desk.put(rules({ budgetId: bdg('ninth') }))))
  expect(codes.map(({ code }) => code)).toEqual(Array(5).fill('INVALID_INPUT'))
  expect(
    (await refusal(budget.budgets.list({ scope: null, id: null, after: '?', limit: 5 }))).code,
  ).toBe('INVALID_INPUT')
})

test('a budget that is made while another clock is in the next window counts there what was reserved there', async () => {
  const copy = (await open('2026-12-01T00:00:01Z')).openCopy()
  await reserve(copy, 1, 3_000)
  budget.setClock('2026-11-30T23:59:59Z')
  const november = await budget.desk.put(rules({ limit: 10_000 }))
  expect(november).toMatchObject({ settled: 0, reserved: 0 })
  budget.setClock('2026-12-01T00:00:02Z')
  const december = async () => (await budget.budgets.get(bdg('a'))).level
  expect(await december()).toMatchObject({ settled: 0, reserved: 3_000 })
  await settleWhole(copy, 1)
  expect(await december()).toMatchObject({ settled: 3_000, reserved: 0 })
})

test('a list is read page by page, each budget once, the global one first', async () => {
  await open()
  for (const name of ['c', 'a', 'b']) await budget.desk.put(rules({ budgetId: bdg(name) }))
  await budget.desk.put(rules({ budgetId: bdg('z'), scope: 'global', id: 'global' }))
  const seen: string[] = []
  let after: string | null = null
  do {
    const page = await budget.budgets.list({ scope: null, id: null, after, limit: 2 })
    expect(page.items.length).toBeLessThanOrEqual(2)
    seen.push(...page.items.map(({ budgetId }) => budgetId))
    after = page.next
  } while (after !== null)
  expect(seen).toEqual(['global', 'bdg_z', 'bdg_a', 'bdg_b', 'bdg_c'])
  const ofAnna = await budget.budgets.list({ scope: 'user', id: anna, after: null, limit: 9 })
  expect(ofAnna.items).toHaveLength(3)
})

test('recent spending is that of the scope, and projects to the end of the window', async () => {
  const copy = (await open('2026-11-22T12:00:00Z')).openCopy()
  await budget.desk.put(rules({ limit: 100_000 }))
  await reserve(copy, 1, 2_000)
  await settleWhole(copy, 1)
  budget.setClock('2026-11-22T22:00:00Z')
  const { projection } = await budget.budgets.get(bdg('a'))
  expect(projection).toEqual({
    recent: 2_000,
    recentSince: '2026-11-22T12:00:00.000Z',
    perDay: 4_800,
    settledAtEnd: 2_000 + 8 * 4_800 + 400,
    reachedAt: null,
  })
})

test('windows are cut as Postgres cuts them, in any zone at any moment', async () => {
  const { sql } = await open()
  const units = { daily: 'day', weekly: 'week', monthly: 'month', yearly: 'year' } as const
  await fc.assert(
    fc.asyncProperty(
      fc.date({ min: new Date('2024-01-01'), max: new Date('2030-01-01'), noInvalidDate: true }),
      fc.constantFrom('Europe/Berlin', 'America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe'),
      fc.constantFrom('daily', 'weekly', 'monthly', 'yearly'),
      async (at, timeZone, period) => {
        const unit = units[period]
        const [row] = await sql<{ start: Date; end: Date }[]>`
          select date_trunc(${unit}, here) at time zone ${timeZone} as start,
            (date_trunc(${unit}, here) + ${`1 ${unit}`}::interval) at time zone ${timeZone} as end
          from (select ${at}::timestamptz at time zone ${timeZone} as here) as moment`
        expect(windowAt({ period, timeZone }, at)).toEqual({
          windowStart: row?.start.toISOString(),
          windowEnd: row?.end.toISOString(),
        })
      },
    ),
    { numRuns: 200 },
  )
})
