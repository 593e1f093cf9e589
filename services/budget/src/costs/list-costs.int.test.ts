import {
  CostKey,
  type CostLine,
  type CostQuery,
  listCosts,
} from '@maestro/contracts/budget/cost-endpoints'
import { AgentId, TaskId, UserId } from '@maestro/contracts/ids'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Bookkeeper } from '../booking/bookkeeper.ts'
import { sweepLeases } from '../booking/lease-sweeper.ts'
import { openTestBudget, type TestBudget } from '../open-test-budget.ts'
import { createListCosts } from './list-costs.ts'

let budget: TestBudget
let bookkeeper: Bookkeeper

const models = ['openai/gpt-oss-120b', 'openai/gpt-oss-20b'] as const
const purposes = ['plan', 'judge-plan', 'step'] as const
const users = ['anna@example.org', '=cmd', 'Çelik, "Zoë"']
const leaseMs = 60_000
const attemptsMax = 240
/** What becomes of attempts, in turn; `released` and `held` cost nothing (yet). */
const fates = [
  'settled',
  'unknown',
  'corrected by another model',
  'released',
  'taken back',
  'held',
] as const

const attemptOf = (number: number) => {
  const taskId = TaskId.parse(`task_${number % 11}`)
  const isDraft = number % 5 === 0
  const model = models[number % 2] ?? models[0]
  const rate = budget.prices.priceAt('groq', model, budget.now())?.rate
  if (rate === undefined) throw new Error(`no price for ${model}`)
  const callId = `call_${number % 11}_write_1_${number}`
  return {
    attemptId: `${callId}.1`,
    callId,
    taskId,
    userId: UserId.parse(users[number % 3]),
    agentId: isDraft ? null : AgentId.parse(`agt_${number % 11}_writer`),
    stepId: null,
    purpose: purposes[number % 3] ?? 'step',
    provider: 'groq' as const,
    model,
    rate,
  }
}

const settle = (number: number, outputTokens: number | null, model: string) =>
  bookkeeper.settle({
    attemptId: attemptOf(number).attemptId,
    model,
    usage:
      outputTokens === null
        ? null
        : { inputTokens: number, cachedInputTokens: 1, outputTokens, reasoningTokens: 0 },
    sentAt: budget.now(),
  })

const live = async (number: number): Promise<void> => {
  const { attemptId, model } = attemptOf(number)
  const other = models.find((name) => name !== model) ?? model
  const start = budget.now().getTime()
  switch (fates[number % fates.length]) {
    case 'settled':
      await settle(number, 40, model)
      return
    case 'unknown':
      await settle(number, null, model)
      return
    case 'released':
      await bookkeeper.release(attemptId)
      return
    case 'taken back':
    case 'corrected by another model':
      budget.setClock(new Date(start + leaseMs).toISOString())
      await sweepLeases({ sql: budget.sql, bookkeeper, now: budget.now })
      await (number % fates.length === 4 ? bookkeeper.release(attemptId) : settle(number, 7, other))
      return
    case 'held':
    case undefined:
  }
}

beforeAll(async () => {
  budget = await openTestBudget({ globalUsd: '1000', at: '2026-10-24T20:00:00Z' })
  bookkeeper = budget.openCopy()
  for (let number = 0; number < attemptsMax; number += 1) {
    // Over six days, among them the one in Berlin that has 25 hours.
    budget.setClock(new Date(Date.UTC(2026, 9, 23, 21) + number * 36 * 60_000).toISOString())
    const holding = { nanoUsd: 90_000 + number, tokens: 1_000 + number }
    await bookkeeper.reserve({
      attempt: attemptOf(number),
      taskLimitNanoUsd: null,
      holding,
      leaseMs: number % fates.length === 5 ? 3_600_000 * 1_000 : leaseMs,
    })
    await live(number)
  }
})
afterAll(() => budget.close())

const everything = listCosts.input.parse({
  from: '2026-10-20',
  to: '2026-11-10',
  timeZone: 'Europe/Berlin',
  by: ['day'],
  provider: null,
  model: null,
  agentId: null,
  taskId: null,
  userId: null,
  purpose: null,
  order: 'key',
  cursor: null,
  limit: 1_000,
})

const list = (query: Partial<CostQuery>) =>
  createListCosts({ sql: budget.sql, now: budget.now })({ ...everything, ...query })

/** All pages, which must be as many as their lines need. */
const listAll = async (query: Partial<CostQuery>) => {
  const items: CostLine[] = []
  for (let cursor: string | null = null, pages = 1; ; pages += 1) {
    const page = await list({ ...query, cursor })
    items.push(...page.items)
    cursor = page.nextCursor
    if (cursor === null) return { items, total: page.total, pages }
  }
}

type Attempt = Omit<CostLine, 'day'> & { reservedAt: Date; isBooked: boolean }

/** What became of each attempt, by its reservation and not by its lines. */
const readAttempts = async (): Promise<Attempt[]> => {
  const rows = await budget.sql<Attempt[]>`
    select provider, agent_id as "agentId", task_id as "taskId", user_id as "userId", purpose,
      reserved_at as "reservedAt", state = 'settled' as "isBooked",
      cost_nano_usd as "costNanoUsd", cost_tokens as tokens,
      case when estimate is null then 0 else cost_nano_usd end as "estimatedNanoUsd",
      (select model from ledger where ledger.attempt_id = reservations.attempt_id
        order by booking_id desc limit 1) as model
    from reservations`
  return rows.filter(({ isBooked }) => isBooked)
}

const sumOf = (items: readonly { costNanoUsd: number; tokens: number; attempts?: number }[]) => [
  items.reduce((sum, { costNanoUsd }) => sum + costNanoUsd, 0),
  items.reduce((sum, { tokens }) => sum + tokens, 0),
  items.reduce((sum, { attempts = 1 }) => sum + attempts, 0),
]

test('by whatever keys, filters and pages: the lines add up to the ledger, and each is what its attempts cost', async () => {
  const attempts = await readAttempts()
  expect(attempts.some(({ estimatedNanoUsd }) => estimatedNanoUsd > 0)).toBe(true)
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(fc.constantFrom(...CostKey.options), { minLength: 1, maxLength: 2 }),
      fc.constantFrom('key' as const, 'cost' as const),
      fc.record({
        limit: fc.integer({ min: 1, max: 40 }),
        timeZone: fc.constantFrom('Europe/Berlin', 'UTC', 'Pacific/Chatham'),
        purpose: fc.constantFrom(null, ...purposes),
        model: fc.constantFrom(null, ...models),
        userId: fc.constantFrom(null, ...users.map((user) => UserId.parse(user))),
      }),
      async (by, order, rest) => {
        const asked = attempts.filter((attempt) =>
          (['purpose', 'model', 'userId'] as const).every(
            (name) => rest[name] === null || rest[name] === attempt[name],
          ),
        )
        const { items, total, pages } = await listAll({ by, order, ...rest })
        const dayOf = new Intl.DateTimeFormat('en-CA', { timeZone: rest.timeZone })
        const nameOf = (key: CostKey, line: CostLine | Attempt) =>
          'reservedAt' in line && key === 'day'
            ? dayOf.format(line.reservedAt)
            : (line as CostLine)[key]
        const groups = Map.groupBy(asked, (attempt) =>
          JSON.stringify(by.map((key) => nameOf(key, attempt))),
        )
        expect(
          new Map(
            items.map((item) => [
              JSON.stringify(by.map((key) => nameOf(key, item))),
              [...sumOf([item]), item.estimatedNanoUsd],
            ]),
          ),
        ).toEqual(
          new Map(
            [...groups].map(([name, group]) => [
              name,
              [
                ...sumOf(group),
                group.reduce((sum, { estimatedNanoUsd }) => sum + estimatedNanoUsd, 0),
              ],
            ]),
          ),
        )
        expect(items).toHaveLength(groups.size)
        expect(pages).toBe(Math.max(1, Math.ceil(items.length / rest.limit)))
        expect([total.costNanoUsd, total.tokens, total.attempts]).toEqual(sumOf(items))
        expect(total.lines).toBe(items.length)
        if (order === 'cost') {
          const costs = items.map(({ costNanoUsd }) => costNanoUsd)
          expect(costs).toEqual([...costs].sort((a, b) => b - a))
        }
      },
    ),
    { numRuns: 40 },
  )
})

test('all of it is what the ledger and the level over everything say', async () => {
  const { total } = await list({ by: ['provider'] })
  const [ledger] = await budget.sql<{ cost: number; tokens: number; input: number }[]>`
    select sum(settled_nano_usd)::bigint as cost, sum(settled_tokens)::bigint as tokens,
      sum((usage->>'inputTokens')::bigint)::bigint as input from ledger`
  expect(total).toMatchObject({
    costNanoUsd: ledger?.cost,
    tokens: ledger?.tokens,
    inputTokens: ledger?.input,
  })
  // The month of the level is that of UTC; all of this lies within October.
  const month = { from: '2026-10-01', to: '2026-11-01', timeZone: 'UTC' }
  budget.setClock('2026-10-31T12:00:00Z')
  const [global] = await budget.budgets.over(null)
  expect((await list(month)).total.costNanoUsd).toBe(global?.settled)
})

test('a period takes what was reserved from its first moment on, and not at its end', async () => {
  const [first] = await budget.sql<{ at: Date }[]>`
    select min(reserved_at) as at from reservations where state = 'settled'`
  const at = first?.at.toISOString() ?? ''
  const later = new Date((first?.at.getTime() ?? 0) + 1).toISOString()
  expect((await list({ from: at, to: later })).total.attempts).toBe(1)
  expect((await list({ from: '2026-10-20', to: at })).total).toMatchObject({
    attempts: 0,
    costNanoUsd: 0,
    lines: 0,
  })
})

test('a zone that the database does not know is told with what to do', async () => {
  const moments = { from: '2026-10-20T00:00:00Z', to: '2026-10-30T00:00:00Z' }
  await expect(list({ ...moments, timeZone: 'Mars/Olympus' })).rejects.toMatchObject({
    code: 'INVALID_INPUT',
    details: { reason: expect.stringContaining('Europe/Berlin') },
  })
})
