import { environmentKeyId } from '@maestro/contracts/llm/key-id'
import { type PrivateRedis, startPrivateRedis } from '@maestro/testkit/infrastructure/test-redis'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { ProviderFailure } from '../providers/provider-failure.ts'
import type { ConditionSubject } from '../strategy/list-candidates.ts'
import { connectTestRedis } from '../testing/connect-test-redis.ts'
import { eventually } from '../testing/start-test-system.ts'
import { failuresBeforeOpening, trialLeaseMs } from './breaker.ts'
import { createCallStatistics } from './call-statistics.ts'
import { type ConditionChange, openConditionBoard } from './condition-board.ts'
import { subjectScope } from './condition-news.ts'
import { createProviderConditions } from './provider-conditions.ts'

let server: PrivateRedis
beforeAll(async () => {
  server = await startPrivateRedis()
})
afterAll(() => server.stop())

let subjects = 0
/** Of its own for every test: they share one Redis. */
const newSubject = (): ConditionSubject => ({
  provider: 'groq',
  model: `model-${(subjects += 1)}`,
  keyId: environmentKeyId,
})

/** What one worker knows; its clock can be set forward, as if time had passed. */
const startWorker = async (name: string) => {
  const clock = { aheadMs: 0 }
  const now = () => Date.now() + clock.aheadMs
  const redis = await connectTestRedis(server.url)
  const changes: ConditionChange[] = []
  const onChange = (change: ConditionChange) => void changes.push(change)
  const board = await openConditionBoard({ redis, onChange, now })
  const statistics = createCallStatistics({ redis, worker: name, now })
  const conditions = createProviderConditions({ board, now })
  const stop = async () => {
    board.stop()
    await statistics.stop()
    redis.stop()
  }
  onTestFinished(stop)
  return { clock, conditions, statistics, changes, board, stop }
}
const startTwo = () => Promise.all([startWorker('one'), startWorker('other')])
const failure = (failureClass: 'timeout' | 'rate_limited' | 'auth') =>
  new ProviderFailure(failureClass, 'no', { retryAfterMs: 60_000 })

test('what one worker is told, the others know, and those that start later', async () => {
  const [one, other] = await startTwo()
  const [limited, refused] = [newSubject(), { ...newSubject(), provider: 'gemini' as const }]
  one.conditions.learn(limited, failure('rate_limited'))
  one.conditions.learn(refused, failure('auth'))
  await eventually('the other one to know', () =>
    other.conditions.of(limited).state === 'cooling' && other.conditions.of(refused).state === 'off'
      ? true
      : undefined,
  )
  const later = await startWorker('later')
  expect(later.conditions.of(limited)).toEqual(one.conditions.of(limited))
})

test('failures of all workers are one row, and one worker tells that the breaker opened', async () => {
  const [one, other] = await startTwo()
  const subject = newSubject()
  for (let times = 1; times <= failuresBeforeOpening; times += 1)
    [one, other][times % 2]?.conditions.learn(subject, failure('timeout'))
  await eventually('both to stay away', () =>
    [one, other].every(({ conditions }) => conditions.of(subject).state === 'cooling')
      ? true
      : undefined,
  )
  const openings = () =>
    [...one.changes, ...other.changes].filter(
      ({ before, after }) => before.breaker.state === 'closed' && after.breaker.state === 'open',
    )
  await eventually('somebody to tell', () => (openings().length > 0 ? true : undefined))
  await Promise.all([one.stop(), other.stop()])
  expect(openings()).toHaveLength(1)
})

test('of all calls of all workers one gets the trial; when its worker dies, another one gets it after the lease', async () => {
  const [one, other] = await startTwo()
  const subject = newSubject()
  for (let times = 1; times <= failuresBeforeOpening; times += 1)
    one.conditions.learn(subject, failure('timeout'))
  await eventually('both to know', () =>
    other.conditions.of(subject).state === 'cooling' ? true : undefined,
  )
  one.clock.aheadMs = other.clock.aheadMs = 6_000
  const claims = await Promise.all(
    [one, other, one, other, other].map(({ conditions }) => conditions.claimTrial(subject)),
  )
  const trials = claims.filter((trial) => trial !== null)
  expect(trials).toHaveLength(1)
  await eventually('nobody else to be let through', () =>
    [one, other].every(({ conditions }) => conditions.of(subject).state === 'cooling')
      ? true
      : undefined,
  )

  // Nobody keeps it: as if its worker had died.
  one.clock.aheadMs = other.clock.aheadMs = 6_000 + trialLeaseMs + 1_000
  const next = await other.conditions.claimTrial(subject)
  expect(next).not.toBeNull()
  expect(await one.conditions.claimTrial(subject)).toBeNull()
  // The dead one's answer comes too late to say anything.
  one.conditions.answered(subject, trials[0]?.id)
  other.conditions.answered(subject, next?.id)
  await eventually('everybody to be let through again', () =>
    [one, other].every(({ conditions }) => conditions.of(subject).state === 'ready')
      ? true
      : undefined,
  )
})

test('figures, headroom and calls in flight are those of all workers', async () => {
  const [one, other] = await startTwo()
  const scope = subjectScope(newSubject())
  for (const latencyMs of [100, 100, 100])
    one.statistics.add(scope, { outcome: 'answered', latencyMs, firstTokenMs: 10 })
  other.statistics.add(scope, { outcome: 'timeout', latencyMs: 30_000, firstTokenMs: null })
  const over = one.statistics.begin(scope)
  other.statistics.begin(scope)
  const requests = { limit: 100, left: 40, fullAtMs: Date.now() + 60_000 }
  one.statistics.see(scope, { seenAtMs: Date.now(), requests, tokens: null })
  await eventually('the sums to be known', () => {
    const known = [one, other].every(
      ({ statistics }) =>
        statistics.figures(scope).calls === 4 &&
        statistics.callsInFlight(scope) === 2 &&
        statistics.headroom(scope)?.requests?.left === 40,
    )
    return known ? true : undefined
  })
  expect(other.statistics.figures(scope)).toMatchObject({ latencyMs: { p50: 114 } })
  over()
  await one.stop()
  await eventually('the calls of the worker that is gone to be forgotten', () =>
    other.statistics.callsInFlight(scope) === 1 ? true : undefined,
  )
  // What it counted last is not lost with it.
  expect(other.statistics.figures(scope).calls).toBe(4)
})

test('while Redis is away a worker goes on alone, and shares again when it is back', async () => {
  const own = await startPrivateRedis()
  onTestFinished(own.stop)
  const redis = await connectTestRedis(own.url)
  const board = await openConditionBoard({ redis, onChange: () => {} })
  onTestFinished(() => {
    board.stop()
    redis.stop()
  })
  const conditions = createProviderConditions({ board })
  const [before, after] = [newSubject(), newSubject()]
  await own.kill9()
  conditions.learn(before, failure('rate_limited'))
  expect(conditions.of(before).state).toBe('cooling')
  await own.restart()
  await eventually('Redis to be told', async () => {
    conditions.learn(after, failure('rate_limited'))
    const held = await redis
      .run((client) => client.hget('llm:conditions', subjectScope(after)))
      .catch(() => null)
    // Each try needs news of its own.
    if (held == null) after.model += '+'
    return held ?? undefined
  })
})
