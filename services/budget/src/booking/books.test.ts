import { type TaskId, UserId } from '@maestro/contracts/ids'
import { nanoUsd } from '@maestro/contracts/money/nano-usd'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { newGlobalLevel, taskLevelIdOf } from '../budgets/level.ts'
import { createPriceBook } from '../prices/price-book.ts'
import type { Price } from '../prices/price.ts'
import { type Books, createBooks } from './books.ts'
import { decideReservation } from './decide-reservation.ts'
import { decideExpiry, decideRelease, decideSettlement } from './decide-settlement.ts'
import { countedBy } from './reservation.ts'

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
const globalLimit = nanoUsd(1_000)
const taskIds = ['task_a', 'task_b'] as TaskId[]
const attemptIds = Array.from({ length: 8 }, (_, index) => `call_a_s_1_${index}.1`)

const dims = {
  userId: UserId.parse('owner'),
  agentId: null,
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

const window = {
  period: 'monthly',
  windowStart: '2026-11-01T00:00:00.000Z',
  windowEnd: null,
} as const

/** Every step is a batch of its own, as if another copy had read what the one before wrote. */
const play = (steps: readonly Parameters<typeof apply>[1][], check: (books: Books) => void) => {
  let globalLevel = newGlobalLevel(window, globalLimit)
  let previous: Books | null = null
  for (const [index, step] of steps.entries()) {
    const known: Books | null = previous
    const books: Books = createBooks({
      // Leases of a millisecond have run out when the next step comes.
      at: new Date(start.getTime() + index * 10),
      globalLevel,
      levels: taskIds.flatMap((taskId) => known?.level(taskLevelIdOf(taskId)) ?? []),
      reservations: attemptIds.flatMap((attemptId) => known?.reservation(attemptId) ?? []),
      revoked: attemptIds.filter((attemptId) => known?.isRevoked(attemptId) === true),
    })
    apply(books, step)
    check(books)
    globalLevel = books.level(books.globalLevelId) ?? globalLevel
    previous = books
  }
}

const sequences = fc.array(operation, { minLength: 1, maxLength: 60 })

const levelIds = (books: Books) => [books.globalLevelId, ...taskIds.map(taskLevelIdOf)]

test('counters are the sum of the reservations on every level, at every moment', () => {
  fc.assert(
    fc.property(sequences, (steps) => {
      play(steps, (books) => {
        for (const levelId of levelIds(books)) {
          const level = books.level(levelId)
          const counted = attemptIds
            .flatMap((attemptId) => books.reservation(attemptId) ?? [])
            .filter((reservation) => reservation.levelIds.includes(levelId))
            .map(countedBy)
          const sum = (key: 'settled' | 'reserved') =>
            counted.reduce((total, entry) => total + entry[key].nanoUsd, 0)
          expect([level?.settledNanoUsd ?? 0, level?.reservedNanoUsd ?? 0]).toEqual([
            sum('settled'),
            sum('reserved'),
          ])
        }
      })
    }),
    { numRuns: 300 },
  )
})

test('at every line of the ledger each level holds what the counters say, and no more than its limit and the overruns shown', () => {
  fc.assert(
    fc.property(sequences, (steps) => {
      const sums = new Map<string, { settled: number; reserved: number; overrun: number }>()
      play(steps, (books) => {
        for (const { attempt, settled, reserved, overrun } of books.changes().bookings) {
          for (const levelId of books.reservation(attempt.attemptId)?.levelIds ?? []) {
            const sum = sums.get(levelId) ?? { settled: 0, reserved: 0, overrun: 0 }
            sum.settled += settled.nanoUsd
            sum.reserved += reserved.nanoUsd
            sum.overrun += overrun.nanoUsd
            sums.set(levelId, sum)
            if (reserved.nanoUsd <= 0) continue
            // Only a reservation uses up what is free; what was billed beyond a bound closes the limit.
            const limit = books.level(levelId)?.limitNanoUsd ?? 0
            expect(sum.settled + sum.reserved).toBeLessThanOrEqual(limit)
          }
        }
        for (const levelId of levelIds(books)) {
          const level = books.level(levelId)
          const sum = sums.get(levelId)
          expect([level?.settledNanoUsd ?? 0, level?.reservedNanoUsd ?? 0]).toEqual([
            sum?.settled ?? 0,
            sum?.reserved ?? 0,
          ])
        }
        const global = sums.get(books.globalLevelId)
        if (global !== undefined)
          expect(global.settled + global.reserved).toBeLessThanOrEqual(globalLimit + global.overrun)
      })
    }),
    { numRuns: 500 },
  )
})
