import { AppError, type ErrorCode } from '@maestro/contracts/errors'
import { TaskId, UserId } from '@maestro/contracts/ids'
import { nanoUsd } from '@maestro/contracts/money/nano-usd'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestBudget, type TestBudget } from '../open-test-budget.ts'
import type { Bookkeeper } from './bookkeeper.ts'
import { sweepLeases } from './lease-sweeper.ts'

// One input token of this model costs 150 nano-dollars, one of output 600.
const model = 'openai/gpt-oss-120b'
const inputTokenNanoUsd = 150
const leaseMs = 60_000

let budget: TestBudget
let first: Bookkeeper
let second: Bookkeeper
let tasks = 0

beforeAll(async () => {
  budget = await openTestBudget({ globalUsd: '1000' })
  first = budget.openCopy()
  second = budget.openCopy()
})
afterAll(() => budget.close())

const dims = {
  userId: UserId.parse('owner'),
  agentId: null,
  stepId: null,
  purpose: 'step',
  provider: 'groq',
} as const

const newTask = () => TaskId.parse(`task_${(tasks += 1)}`)

const attemptOf = (taskId: TaskId, number: number, asked = model) => {
  const callId = `call_${taskId.slice(5)}_write_1_${number}`
  const rate = budget.prices.priceAt('groq', asked, budget.now())?.rate
  if (rate === undefined) throw new Error(`no price for ${asked}`)
  return { ...dims, attemptId: `${callId}.1`, callId, taskId, model: asked, rate }
}

const holding = (
  taskId: TaskId,
  number: number,
  { nano, limit = null }: { nano: number; limit?: number | null },
) => ({
  attempt: attemptOf(taskId, number),
  taskLimitNanoUsd: limit === null ? null : nanoUsd(limit),
  holding: { nanoUsd: nano, tokens: 1_000 },
  leaseMs,
})

const settlement = (taskId: TaskId, number: number, inputTokens: number | null) => ({
  attemptId: attemptOf(taskId, number).attemptId,
  model,
  usage:
    inputTokens === null
      ? null
      : { inputTokens, cachedInputTokens: 0, outputTokens: 0, reasoningTokens: 0 },
  sentAt: budget.now(),
})

const refusal = async (work: Promise<unknown>): Promise<AppError> => {
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  )
  if (!(error instanceof AppError)) throw new Error('it was not refused')
  return error
}
const codeOf = async (work: Promise<unknown>): Promise<ErrorCode> => (await refusal(work)).code

/** What the task's level, or the global one, counts. */
const counted = async (taskId: TaskId | null) => {
  const levels = await budget.budgets.over(taskId)
  const level = levels.find(({ scope }) => scope === (taskId === null ? 'global' : 'task'))
  return [level?.settled, level?.reserved]
}

test('two copies admit together exactly as many as fit, whatever arrives at once', async () => {
  const taskId = newTask()
  const outcomes = await Promise.allSettled(
    Array.from({ length: 200 }, (_, number) =>
      (number % 2 === 0 ? first : second).reserve(
        holding(taskId, number, { nano: 1_000, limit: 37_500 }),
      ),
    ),
  )
  const refusals = outcomes.flatMap((outcome) =>
    outcome.status === 'rejected' ? [(outcome.reason as AppError).code] : [],
  )
  expect(outcomes.length - refusals.length).toBe(37)
  expect(new Set(refusals)).toEqual(new Set(['BUDGET_IN_FLIGHT']))
  expect(await counted(taskId)).toEqual([0, 37_000])
})

test('refusals say whether to wait, until when, or never', async () => {
  const taskId = newTask()
  const limit = 1_000 * inputTokenNanoUsd
  const reserve = (number: number, nano: number) =>
    first.reserve(holding(taskId, number, { nano, limit }))
  await reserve(1, 100_000)
  const inFlight = await refusal(reserve(2, 60_000))
  expect([inFlight.code, inFlight.retry]).toEqual(['BUDGET_IN_FLIGHT', true])
  expect(inFlight.details['retryAfterMs']).toBeTypeOf('number')
  await first.settle(settlement(taskId, 1, 600))
  const exhausted = await refusal(reserve(2, 60_001))
  expect([exhausted.code, exhausted.retry]).toEqual(['BUDGET_EXHAUSTED', false])
  expect(exhausted.details).toMatchObject({ scope: 'task', limitUsd: '0.00015', until: null })
  expect(await codeOf(reserve(2, limit + 1))).toBe('BUDGET_TOO_SMALL')
  await reserve(2, 60_000)
})

test('a refusal by the second level leaves nothing on the first', async () => {
  const taskId = newTask()
  const before = await counted(null)
  expect(await codeOf(first.reserve(holding(taskId, 1, { nano: 500, limit: 400 })))).toBe(
    'BUDGET_TOO_SMALL',
  )
  expect(await counted(null)).toEqual(before)
  expect(await counted(taskId)).toEqual([0, 0])
})

test('the same attempt holds once, over both copies and at the same moment', async () => {
  const taskId = newTask()
  const wish = holding(taskId, 1, { nano: 700, limit: 1_000 })
  const answers = await Promise.all(
    [first, second, first, second].map((copy) => copy.reserve(wish)),
  )
  expect(new Set(answers.map(({ heldNanoUsd }) => heldNanoUsd))).toEqual(new Set([700]))
  expect(await counted(taskId)).toEqual([0, 700])
})

test('an attempt id that stands for another request is refused', async () => {
  const taskId = newTask()
  const wish = holding(taskId, 1, { nano: 700 })
  await first.reserve(wish)
  const other = { ...wish, attempt: { ...wish.attempt, model: 'openai/gpt-oss-20b' } }
  expect(await codeOf(second.reserve(other))).toBe('INVALID_INPUT')
})

test('a settlement is booked once, frees the rest, and ends the attempt', async () => {
  const taskId = newTask()
  const wish = holding(taskId, 1, { nano: 100_000, limit: 200_000 })
  await first.reserve(wish)
  const [once, again] = await Promise.all([
    first.settle(settlement(taskId, 1, 100)),
    second.settle(settlement(taskId, 1, 100)),
  ])
  expect(once).toEqual({ costNanoUsd: 15_000, overrunNanoUsd: 0 })
  expect(again).toEqual(once)
  expect(await counted(taskId)).toEqual([15_000, 0])
  // No money backs a permit to send any more.
  expect(await codeOf(first.reserve(wish))).toBe('INVALID_INPUT')
  await first.release(wish.attempt.attemptId)
  expect(await counted(taskId)).toEqual([15_000, 0])
})

test('usage of zero is booked as zero, not as an estimate', async () => {
  const taskId = newTask()
  await first.reserve(holding(taskId, 1, { nano: 9_000, limit: 9_000 }))
  expect(await first.settle(settlement(taskId, 1, 0))).toEqual({
    costNanoUsd: 0,
    overrunNanoUsd: 0,
  })
  expect(await counted(taskId)).toEqual([0, 0])
})

test('unknown usage books the whole holding until the true one is known', async () => {
  const taskId = newTask()
  await first.reserve(holding(taskId, 1, { nano: 30_000, limit: 40_000 }))
  expect((await first.settle(settlement(taskId, 1, null))).costNanoUsd).toBe(30_000)
  expect(await counted(taskId)).toEqual([30_000, 0])
  expect((await second.settle(settlement(taskId, 1, 20))).costNanoUsd).toBe(3_000)
  expect(await counted(taskId)).toEqual([3_000, 0])
  // The first known cost stands.
  expect((await first.settle(settlement(taskId, 1, 21))).costNanoUsd).toBe(3_000)
})

test('a bill beyond the bound is booked, said, and closes the limit', async () => {
  const taskId = newTask()
  await first.reserve(holding(taskId, 1, { nano: 1_000, limit: 2_000 }))
  expect(await first.settle(settlement(taskId, 1, 20))).toEqual({
    costNanoUsd: 3_000,
    overrunNanoUsd: 2_000,
  })
  expect(await codeOf(first.reserve(holding(taskId, 2, { nano: 1 })))).toBe('BUDGET_EXHAUSTED')
  // What costs nothing goes on.
  await first.reserve(holding(taskId, 3, { nano: 0 }))
})

test('a worker that died between reserve and settle is booked at its estimate; its late bill corrects it', async () => {
  const taskId = newTask()
  await first.reserve(holding(taskId, 1, { nano: 30_000, limit: 40_000 }))
  const sweep = () => sweepLeases({ sql: budget.sql, bookkeeper: second, now: budget.now })
  await sweep()
  expect(await counted(taskId)).toEqual([0, 30_000])
  const started = budget.now()
  budget.setClock(new Date(started.getTime() + leaseMs).toISOString())
  await sweep()
  expect(await counted(taskId)).toEqual([30_000, 0])
  await first.settle(settlement(taskId, 1, 10))
  expect(await counted(taskId)).toEqual([1_500, 0])
  budget.setClock(started.toISOString())
})

test('a lease that ran out before anything was sent costs nothing once its worker says so', async () => {
  const taskId = newTask()
  const started = budget.now()
  const wish = holding(taskId, 1, { nano: 30_000, limit: 40_000 })
  await first.reserve(wish)
  budget.setClock(new Date(started.getTime() + leaseMs).toISOString())
  await sweepLeases({ sql: budget.sql, bookkeeper: second, now: budget.now })
  budget.setClock(started.toISOString())
  await first.release(wish.attempt.attemptId)
  expect(await counted(taskId)).toEqual([0, 0])
})

test('a release that overtakes its reservation keeps it from holding money for ever', async () => {
  const taskId = newTask()
  const wish = holding(taskId, 1, { nano: 500, limit: 1_000 })
  await second.release(wish.attempt.attemptId)
  await first.release(wish.attempt.attemptId)
  expect(await codeOf(first.reserve(wish))).toBe('INVALID_INPUT')
  expect(await counted(taskId)).toEqual([undefined, undefined])
})

/** Two decisions in a row are its own: from then on the copy decides on what it knows. */
const goAlone = async (copy: Bookkeeper, taskId: TaskId) => {
  for (const number of [900, 901, 902]) await copy.release(attemptOf(taskId, number).attemptId)
}

test('a copy that knows the books hears of what others did before its next decision', async () => {
  const taskId = newTask()
  await goAlone(first, taskId)
  await first.reserve(holding(taskId, 1, { nano: 400, limit: 1_000 }))
  await second.reserve(holding(taskId, 2, { nano: 400 }))
  expect(await codeOf(first.reserve(holding(taskId, 3, { nano: 400 })))).toBe('BUDGET_IN_FLIGHT')
  await second.release(attemptOf(taskId, 1).attemptId)
  await goAlone(first, taskId)
  await first.reserve(holding(taskId, 3, { nano: 400 }))
  expect(await counted(taskId)).toEqual([0, 800])
  const [level] = (await budget.budgets.over(taskId)).filter(({ scope }) => scope === 'task')
  if (level === undefined) throw new Error('the task has no budget')
  await budget.desk.put({ ...level, limit: 1_300 })
  await first.reserve(holding(taskId, 4, { nano: 400 }))
  expect(await counted(taskId)).toEqual([0, 1_200])
})

test('a limit that comes together with calls that bring none counts them as well', async () => {
  for (const isAlone of [true, false]) {
    const taskId = newTask()
    if (isAlone) await goAlone(first, taskId)
    else await second.release(attemptOf(taskId, 900).attemptId)
    await Promise.all([
      first.reserve(holding(taskId, 1, { nano: 400 })),
      first.reserve(holding(taskId, 2, { nano: 300 })),
      first.release(attemptOf(taskId, 2).attemptId),
      first.reserve(holding(taskId, 3, { nano: 500, limit: 1_000 })),
    ])
    expect(await counted(taskId)).toEqual([0, 900])
    expect(await codeOf(first.reserve(holding(taskId, 4, { nano: 200 })))).toBe('BUDGET_IN_FLIGHT')
    await first.release(attemptOf(taskId, 1).attemptId)
    expect(await counted(taskId)).toEqual([0, 500])
  }
})

test('an attempt that a copy takes for new is found to be known, whatever comes of it', async () => {
  const taskId = newTask()
  const wish = holding(taskId, 1, { nano: 400, limit: 500 })
  await second.reserve(wish)
  await second.release(attemptOf(taskId, 2).attemptId)
  await goAlone(first, taskId)
  // It would not fit again, and holds already.
  await expect(first.reserve(wish)).resolves.toMatchObject({ heldNanoUsd: 400 })
  await goAlone(first, taskId)
  expect(await codeOf(first.reserve(holding(taskId, 2, { nano: 50 })))).toBe('INVALID_INPUT')
  expect(await counted(taskId)).toEqual([0, 400])
})

test('a clock that goes back finds what was counted in the window before', async () => {
  const local = await openTestBudget({ globalUsd: '1', at: '2026-11-30T23:59:59Z' })
  try {
    const [one, other] = [local.openCopy(), local.openCopy()]
    const taskId = newTask()
    await other.reserve(holding(taskId, 1, { nano: 400 }))
    local.setClock('2026-12-01T00:00:01Z')
    await goAlone(one, taskId)
    await one.reserve(holding(taskId, 2, { nano: 30 }))
    local.setClock('2026-11-30T23:59:59Z')
    await one.reserve(holding(taskId, 3, { nano: 5 }))
    expect((await local.budgets.over(null))[0]).toMatchObject({ settled: 0, reserved: 405 })
  } finally {
    await local.close()
  }
})

test('nobody can settle what was never reserved', async () => {
  expect(await codeOf(first.settle(settlement(newTask(), 1, 1)))).toBe('NOT_FOUND')
})

test('the newest limit of a task holds, and leaving it out does not lift it', async () => {
  const taskId = newTask()
  const reserve = (number: number, limit: number | null) =>
    first.reserve(holding(taskId, number, { nano: 600, limit }))
  await reserve(1, 1_000)
  expect(await codeOf(reserve(2, null))).toBe('BUDGET_IN_FLIGHT')
  await reserve(2, 1_200)
  expect(await codeOf(reserve(3, 500))).toBe('BUDGET_TOO_SMALL')
})

test('what was reserved before midnight is billed at the price of its sending, in the window of its reservation', async () => {
  const local = await openTestBudget({ globalUsd: '100', at: '2026-11-30T23:59:59.500Z' })
  try {
    const copy = local.openCopy()
    const asked = 'gemini-4-argon'
    const rate = local.prices.priceAt('gemini', asked, local.now())?.rate
    if (rate === undefined) throw new Error('no price')
    const callId = 'call_1_write_1_1'
    const attempt = {
      ...dims,
      attemptId: `${callId}.1`,
      callId,
      taskId: TaskId.parse('task_1'),
      provider: 'gemini' as const,
      model: asked,
      rate,
    }
    await copy.reserve({
      attempt,
      taskLimitNanoUsd: null,
      holding: { nanoUsd: 4_000_000, tokens: 1_000 },
      leaseMs,
    })
    local.setClock('2026-12-01T00:00:10Z')
    const usage = {
      inputTokens: 1_000,
      cachedInputTokens: 0,
      outputTokens: 0,
      reasoningTokens: 0,
    }
    const settle = (sentAt: string) =>
      copy.settle({ attemptId: attempt.attemptId, model: asked, usage, sentAt: new Date(sentAt) })
    expect(await settle('2026-12-01T00:00:00.100Z')).toEqual({
      costNanoUsd: 4_000_000,
      overrunNanoUsd: 0,
    })
    const [december] = await local.budgets.over(null)
    expect(december).toMatchObject({
      windowStart: '2026-12-01T00:00:00.000Z',
      windowEnd: '2027-01-01T00:00:00.000Z',
      settled: 0,
    })
    local.setClock('2026-11-30T23:59:59.999Z')
    const [november] = await local.budgets.over(null)
    expect(november).toMatchObject({ settled: 4_000_000, reserved: 0 })
  } finally {
    await local.close()
  }
})

/** What the lines of a task's ledger add up to, line by line, the overruns shown so far beside it. */
const balancesOf = (taskId: TaskId) => budget.sql<
  { settled: number; reserved: number; overrun: number }[]
>`
  select (sum(settled_nano_usd) over lines)::bigint as settled,
    (sum(reserved_nano_usd) over lines)::bigint as reserved,
    (sum(overrun_nano_usd) over lines)::bigint as overrun
  from ledger where task_id = ${taskId} window lines as (order by booking_id) order by booking_id`

test('over random sequences on two copies, counters, reservations and ledger say the same, and no line of it lies beyond the limit', async () => {
  const step = fc.record({
    kind: fc.constantFrom('reserve', 'reserve', 'settle', 'release'),
    number: fc.nat({ max: 9 }),
    // More than the twenty that are held: some bills lie beyond their bound.
    tokens: fc.option(fc.nat({ max: 25 })),
  })
  // What is done at once, and by whom: a copy that goes on alone decides on what it knows.
  const round = fc.record({
    steps: fc.array(step, { minLength: 1, maxLength: 6 }),
    copies: fc.constantFrom('first', 'first', 'second', 'both'),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(round, { minLength: 4, maxLength: 20 }), async (rounds) => {
      const taskId = newTask()
      const limit = 60 * inputTokenNanoUsd
      for (const { steps, copies } of rounds) {
        await Promise.allSettled(
          steps.map(({ kind, number, tokens }, index) => {
            const isSecond = copies === 'second' || (copies === 'both' && index % 2 === 1)
            const copy = isSecond ? second : first
            const nano = 20 * inputTokenNanoUsd
            if (kind === 'reserve') return copy.reserve(holding(taskId, number, { nano, limit }))
            if (kind === 'settle') return copy.settle(settlement(taskId, number, tokens))
            return copy.release(attemptOf(taskId, number).attemptId)
          }),
        )
      }
      const [sum] = await budget.sql<{ settled: number; reserved: number }[]>`
        select coalesce(sum(cost_nano_usd) filter (where state = 'settled'), 0)::bigint as settled,
          coalesce(sum(held_nano_usd) filter (where state = 'held'), 0)::bigint as reserved
        from reservations where task_id = ${taskId}`
      const [settled = 0, reserved = 0] = await counted(taskId)
      expect([settled, reserved]).toEqual([sum?.settled, sum?.reserved])
      const balances = await balancesOf(taskId)
      const last = balances.at(-1)
      expect([settled, reserved]).toEqual([last?.settled ?? 0, last?.reserved ?? 0])
      for (const balance of balances)
        expect(balance.settled + balance.reserved).toBeLessThanOrEqual(limit + balance.overrun)
    }),
    { numRuns: 25 },
  )
})
