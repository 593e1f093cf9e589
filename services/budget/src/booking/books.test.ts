import { AgentId, type TaskId, UserId } from '@maestro/contracts/ids'
import { nanoUsd } from '@maestro/contracts/money/nano-usd'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { BudgetId } from '@maestro/contracts/budget/budget'
import { amountIn, type Level, levelIdOf, levelOf } from '../budgets/level.ts'
import { newGlobalBudget, type StoredBudget } from '../budgets/stored-budget.ts'
import { windowAt } from '../budgets/window.ts'
import { createPriceBook } from '../prices/price-book.ts'
import type { Price } from '../prices/price.ts'
import type { Booking } from './booking.ts'
import { type Books, createBooks } from './books.ts'
import { decideReservation } from './decide-reservation.ts'
import { decideExpiry, decideRelease, decideSettlement } from './decide-settlement.ts'
import { createKnownBooks, type KnownBooks } from './known-books.ts'
import { countedBy, type Reservation } from './reservation.ts'
import { scopesOver, type Who } from './scopes-over.ts'

// A dollar per token would be dear; here a token costs one nano-dollar, so that the arithmetic is plain to see.
const rate = {
  provider: 'groq',
  model: 'm',
  inputMicroUsdPerMTok: 1_000,
  cachedInputMicroUsdPerMTok: 1_000,
  outputMicroUsdPerMTok: 1_000,
  longAboveTokens: null,
  longInputMicroUsdPerMTok: null,
  longCachedInputMicroUsdPerMTok: null,
  longOutputMicroUsdPerMTok: null,
}
const price: Price = {
  origin: 'file',
  provider: 'groq',
  model: 'm',
  rate,
  outputTokensMax: null,
  validFrom: new Date(0),
  validUntil: null,
  source: '',
}
const prices = createPriceBook([price])
const start = new Date('2026-11-22T12:00:00Z')
const limits: Readonly<Record<string, number>> = {
  global: 1_000,
  user: 900,
  agent: 650,
  tokens: 800,
}
const taskIds = ['task_a', 'task_b'] as TaskId[]
const attemptIds = Array.from({ length: 8 }, (_, index) => `call_a_s_1_${index}.1`)

const dims = {
  userId: UserId.parse('owner'),
  agentId: AgentId.parse('agt_a_writer'),
  stepId: null,
  purpose: 'step',
} as const

const operation = fc.oneof(
  fc.record({
    type: fc.constant('reserve' as const),
    attemptId: fc.constantFrom(...attemptIds),
    taskId: fc.constantFrom(...taskIds),
    taskLimit: fc.constantFrom(null, 300, 700),
    holding: fc.integer({ min: 0, max: 600 }),
  }),
  fc.record({
    type: fc.constant('settle' as const),
    attemptId: fc.constantFrom(...attemptIds),
    // A share of what is held; beyond all of it the provider bills more than the bound.
    share: fc.option(fc.double({ min: 0, max: 1.5, noNaN: true })),
  }),
  fc.record({ type: fc.constant('release' as const), attemptId: fc.constantFrom(...attemptIds) }),
  fc.record({ type: fc.constant('expire' as const), attemptId: fc.constantFrom(...attemptIds) }),
)

const apply = (books: Books, step: typeof operation extends fc.Arbitrary<infer T> ? T : never) => {
  const { attemptId } = step
  switch (step.type) {
    case 'reserve': {
      const callId = attemptId.split('.')[0] ?? ''
      const { taskId } = step
      const attempt = { ...dims, attemptId, callId, taskId, provider: 'groq', model: 'm', rate }
      return decideReservation(
        {
          type: 'reserve',
          attempt: { ...attempt, provider: 'groq' },
          taskLimitNanoUsd: step.taskLimit === null ? null : nanoUsd(step.taskLimit),
          holding: { nanoUsd: step.holding, tokens: step.holding },
          leaseMs: 1,
        },
        books,
      )
    }
    case 'settle': {
      const held = books.reservation(attemptId)
      const inputTokens = Math.floor((step.share ?? 0) * (held?.held.nanoUsd ?? 0))
      const usage = { inputTokens, cachedInputTokens: 0, outputTokens: 0, reasoningTokens: 0 }
      return decideSettlement(
        {
          type: 'settle',
          attemptId,
          model: 'm',
          usage: step.share === null ? null : usage,
          sentAt: start,
        },
        books,
        prices,
      )
    }
    case 'release':
      return decideRelease({ type: 'release', attemptId }, books)
    case 'expire':
      return decideExpiry({ type: 'expire', attemptId }, books)
  }
}

const budgetOf = (name: string, over: Partial<StoredBudget>): StoredBudget => ({
  ...newGlobalBudget(limits[name] ?? 0),
  ...over,
})
/** A hot global budget, and one of each other scope; tasks bring theirs. One counts tokens, one only warns. */
const firstBudgets: readonly StoredBudget[] = [
  budgetOf('global', {}),
  budgetOf('user', {
    budgetId: 'bdg_user' as BudgetId,
    scope: 'user',
    id: 'owner',
    period: 'daily',
  }),
  budgetOf('agent', { budgetId: 'bdg_agent' as BudgetId, scope: 'agent', id: 'agt_a_writer' }),
  budgetOf('tokens', { budgetId: 'bdg_tokens' as BudgetId, unit: 'tokens', period: 'once' }),
  budgetOf('warned', { budgetId: 'bdg_warned' as BudgetId, action: 'warn' }),
]

const allScopes = taskIds.flatMap((taskId) => [...scopesOver({ ...dims, taskId })])

type Step = Parameters<typeof apply>[1]

/**
 * What is known of the books is either kept from batch to batch, as by a copy that is alone, or read
 * again for each, as by copies that take turns.
 */
const play = (
  batches: readonly (readonly Step[])[],
  check: (books: Books, levels: readonly Level[], answers: readonly unknown[]) => void,
  { isAlone = false }: { isAlone?: boolean } = {},
) => {
  const budgets = new Map(firstBudgets.map((budget) => [budget.budgetId, budget]))
  const levels = new Map<string, Level>()
  const reservations = new Map<string, Reservation>()
  const revoked = new Set<string>()
  const read = (known: KnownBooks) => {
    known.learn({
      scopes: allScopes,
      budgets: [...budgets.values()],
      levels: [...levels.values()],
      reservations: [...reservations.values()],
    })
    return known
  }
  const kept = read(createKnownBooks())
  for (const [index, steps] of batches.entries()) {
    const known = isAlone ? kept : read(createKnownBooks())
    for (const { attemptId } of steps) {
      // What is settled is forgotten, and read again when somebody asks for it.
      const missing = known.reservation(attemptId) === undefined && reservations.get(attemptId)
      if (missing)
        known.learn({
          scopes: [],
          budgets: [...budgets.values()].filter((budget) => isOver(budget, missing)),
          levels: [],
          reservations: [missing],
        })
    }
    const books: Books = createBooks({
      // Leases of a millisecond have run out when the next batch comes.
      at: new Date(start.getTime() + index * 10),
      known,
      unlimited: spentOf([...reservations.values()]),
      revoked: [...revoked],
    })
    const answers = steps.map((step) => apply(books, step))
    const changes = books.changes()
    for (const level of changes.levels) levels.set(level.levelId, level)
    for (const budget of changes.budgets) budgets.set(budget.budgetId, budget)
    for (const { reservation } of changes.bookings)
      reservations.set(reservation.attemptId, reservation)
    for (const attemptId of changes.revoked) revoked.add(attemptId)
    kept.keep(changes)
    check(
      books,
      [...budgets.values()].map((budget) => {
        const window = windowAt(budget, books.at)
        return levels.get(levelIdOf(budget, window)) ?? levelOf(budget, window)
      }),
      answers,
    )
  }
}

/** What each task has spent and holds, as the ledger says it of tasks without a limit. */
const spentOf = (reservations: readonly Reservation[]) =>
  new Map(
    taskIds.map((taskId) => {
      const counted = reservations
        .filter((reservation) => reservation.taskId === taskId)
        .map(countedBy)
      return [
        taskId,
        {
          settled: counted.reduce((sum, { settled }) => sum + settled.nanoUsd, 0),
          reserved: counted.reduce((sum, { reserved }) => sum + reserved.nanoUsd, 0),
        },
      ]
    }),
  )

const isOver = (over: Pick<Level, 'scope' | 'id'>, who: Who) =>
  scopesOver(who).some(({ scope, id }) => scope === over.scope && id === over.id)

const sequences = fc.array(fc.array(operation, { minLength: 1, maxLength: 4 }), {
  minLength: 1,
  maxLength: 30,
})
/** Every step decided alone: what a batch moves is what its one decision moves. */
const lone = fc.array(
  operation.map((step) => [step]),
  { minLength: 1, maxLength: 60 },
)

test('counters are the sum of the reservations on every level, at every moment', () => {
  fc.assert(
    fc.property(sequences, (batches) => {
      const reservations = new Map<string, Reservation>()
      play(batches, (books, levels) => {
        for (const { reservation } of books.changes().bookings)
          reservations.set(reservation.attemptId, reservation)
        for (const level of levels) {
          const counted = [...reservations.values()]
            .filter((reservation) => isOver(level, reservation))
            .map(countedBy)
          const sum = (key: 'settled' | 'reserved') =>
            counted.reduce((total, entry) => total + amountIn(level.unit, entry[key]), 0)
          expect([level.levelId, level.settled, level.reserved]).toEqual([
            level.levelId,
            sum('settled'),
            sum('reserved'),
          ])
        }
      })
    }),
    { numRuns: 300 },
  )
})

test('what a copy keeps of its own decisions is what it would read', () => {
  fc.assert(
    fc.property(sequences, (batches) => {
      const outcomes = (isAlone: boolean) => {
        const seen: unknown[] = []
        play(
          batches,
          (books, levels, answers) => {
            const { bookings } = books.changes()
            seen.push({
              answers: JSON.stringify(answers),
              bookings,
              levels: structuredClone(levels),
            })
          },
          { isAlone },
        )
        return seen
      }
      expect(outcomes(true)).toEqual(outcomes(false))
    }),
    { numRuns: 300 },
  )
})

test('what is known grows with tasks that have no limit, and says so', () => {
  const known = createKnownBooks()
  known.learn({ scopes: allScopes, budgets: [], levels: [], reservations: [] })
  const size = known.size()
  const scopes = ['task_c', 'task_d'].map((id) => ({ scope: 'task' as const, id }))
  known.learn({ scopes, budgets: [], levels: [], reservations: [] })
  expect(known.size()).toBe(size + 2)
})

test('at every line of the ledger each level holds what the counters say, and no more than its limit and the overruns shown', () => {
  fc.assert(
    fc.property(lone, (batches) => {
      const lines: Booking[] = []
      play(batches, (books, levels) => {
        const { bookings } = books.changes()
        lines.push(...bookings)
        for (const level of levels) {
          const mine = lines.filter(({ reservation }) => isOver(level, reservation))
          const sum = (key: 'settled' | 'reserved' | 'overrun') =>
            mine.reduce((total, line) => total + amountIn(level.unit, line[key]), 0)
          const total = sum('settled') + sum('reserved')
          expect(total).toBe(level.settled + level.reserved)
          const isHeld = bookings.some(
            ({ reservation, kind }) => kind === 'reserved' && isOver(level, reservation),
          )
          const needed = bookings.reduce(
            (most, line) => most + amountIn(level.unit, line.reserved),
            0,
          )
          // Only a reservation uses up what is free; one of nothing is let in whatever the limit.
          const usesUp = isHeld && needed > 0
          // A task's limit may come after its spending, or become a lower one.
          if (level.action === 'warn' || (level.scope === 'task' && !usesUp)) continue
          expect(total).toBeLessThanOrEqual(level.limit + sum('overrun'))
          // What was billed beyond a bound closes the limit.
          if (usesUp) expect(total).toBeLessThanOrEqual(level.limit)
        }
      })
    }),
    { numRuns: 500 },
  )
})

test('the most final refusal is the answer, and one that asks nobody before one that asks', () => {
  const known = createKnownBooks()
  known.learn({
    scopes: allScopes,
    budgets: [
      budgetOf('global', {}),
      budgetOf('user', {
        budgetId: 'bdg_a' as BudgetId,
        scope: 'user',
        id: 'owner',
        limit: 1_000,
        action: 'refuse',
      }),
      budgetOf('user', {
        budgetId: 'bdg_w' as BudgetId,
        scope: 'user',
        id: 'owner',
        limit: 1,
        action: 'warn',
      }),
    ],
    levels: [],
    reservations: [],
  })
  const books = createBooks({ at: start, known, unlimited: new Map(), revoked: [] })
  const reserve = (attemptId: string, holding: number) =>
    apply(books, {
      type: 'reserve',
      attemptId,
      taskId: taskIds[0] as TaskId,
      taskLimit: null,
      holding,
    })
  expect(reserve('call_a_s_1_0.1', 600)).toMatchObject({ heldNanoUsd: 600 })
  expect(reserve('call_a_s_1_1.1', 600)).toMatchObject({
    code: 'BUDGET_IN_FLIGHT',
    details: { refusal: { budget: { budgetId: 'bdg_a', action: 'refuse' }, retryAfterMs: 1_000 } },
  })
  expect(reserve('call_a_s_1_2.1', 1_001)).toMatchObject({ code: 'BUDGET_TOO_SMALL' })
  // Nothing stays of what was refused, on no level.
  expect(books.levelsOver({ ...dims, taskId: taskIds[0] as TaskId }, start)).toMatchObject([
    { budgetId: 'global', settled: 0, reserved: 600 },
    { budgetId: 'bdg_a', settled: 0, reserved: 600 },
    { budgetId: 'bdg_w', settled: 0, reserved: 600, isWanting: true },
  ])
})
