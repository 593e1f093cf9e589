import type { TaskId } from '@maestro/contracts/ids'
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
    // A share of what is held: an honest bill stays within its bound.
    share: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
  }),
  fc.record({ type: fc.constant('release' as const), attemptId: fc.constantFrom(...attemptIds) }),
  fc.record({ type: fc.constant('expire' as const), attemptId: fc.constantFrom(...attemptIds) }),
)

const apply = (books: Books, step: typeof operation extends fc.Arbitrary<infer T> ? T : never) => {
  const { attemptId } = step
  switch (step.type) {
    case 'reserve': {
      const callId = attemptId.split('.')[0] ?? ''
      const attempt = { attemptId, callId, taskId: step.taskId, provider: 'groq', model: 'm', rate }
      return decideReservation(
        {
          type: 'reserve',
          attempt: { ...attempt, provider: 'groq' },
          taskLimitNanoUsd: step.taskLimit === null ? null : nanoUsd(step.taskLimit),
          holdingNanoUsd: nanoUsd(step.holding),
          leaseMs: 1,
        },
        books,
      )
    }
    case 'settle': {
      const held = books.reservation(attemptId)
      // Whoever released an attempt knows that it costs nothing.
      const bound = held?.state === 'released' ? 0 : (held?.heldNanoUsd ?? 0)
      const inputTokens = Math.floor((step.share ?? 0) * bound)
      const usage = { inputTokens, cachedInputTokens: 0, outputTokens: 0, reasoningTokens: 0 }
      if (held?.state === 'released' && step.share === null) return null
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

test('settled and reserved together never exceed the limit, at no moment of any sequence', () => {
  fc.assert(
    fc.property(sequences, (steps) => {
      play(steps, (books) => {
        const level = books.level(books.globalLevelId)
        const total = (level?.settledNanoUsd ?? 0) + (level?.reservedNanoUsd ?? 0)
        expect(total).toBeLessThanOrEqual(globalLimit)
      })
    }),
    { numRuns: 300 },
  )
})

test('counters are the sum of the reservations on every level, at every moment', () => {
  fc.assert(
    fc.property(sequences, (steps) => {
      play(steps, (books) => {
        for (const levelId of [books.globalLevelId, ...taskIds.map(taskLevelIdOf)]) {
          const level = books.level(levelId)
          const counted = attemptIds
            .flatMap((attemptId) => books.reservation(attemptId) ?? [])
            .filter(({ levelIds }) => levelIds.includes(levelId))
            .map(countedBy)
          const sum = (key: 'settled' | 'reserved') =>
            counted.reduce((total, entry) => total + entry[key], 0)
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

test('the ledger adds up to what is settled, corrections included', () => {
  fc.assert(
    fc.property(sequences, (steps) => {
      let booked = 0
      play(steps, (books) => {
        for (const { amountNanoUsd } of books.changes().bookings) booked += amountNanoUsd
        expect(booked).toBe(books.level(books.globalLevelId)?.settledNanoUsd ?? 0)
      })
    }),
    { numRuns: 300 },
  )
})
