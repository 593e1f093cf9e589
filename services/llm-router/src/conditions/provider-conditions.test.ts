import type { FailureClass } from '@maestro/contracts/llm/call-facts'
import { environmentKeyId, KeyId } from '@maestro/contracts/llm/key-id'
import { expect, test } from 'vitest'
import { ProviderFailure } from '../providers/provider-failure.ts'
import type { ConditionSubject } from '../strategy/list-candidates.ts'
import { failuresBeforeOpening } from './breaker.ts'
import { openConditionBoard } from './condition-board.ts'
import { createProviderConditions } from './provider-conditions.ts'

const subject = (
  provider: ConditionSubject['provider'],
  model = 'm',
  keyId: KeyId = environmentKeyId,
): ConditionSubject => ({ provider, model, keyId })

/** One worker without Redis, with a clock of its own. */
const start = async (nowMs = Date.parse('2026-11-26T20:00:00Z')) => {
  const clock = { nowMs }
  const now = () => clock.nowMs
  const board = await openConditionBoard({ redis: null, onChange: () => {}, now })
  board.stop()
  return { clock, conditions: createProviderConditions({ board, now }) }
}
type Facts = ConstructorParameters<typeof ProviderFailure>[2]
const failure = (failureClass: FailureClass, facts: Facts = {}) =>
  new ProviderFailure(failureClass, 'no', facts)

test('a rate limit cools the model for as long as it asks, and no other one', async () => {
  const { clock, conditions } = await start()
  conditions.learn(subject('groq'), failure('rate_limited', { retryAfterMs: 5_000 }))
  expect(conditions.of(subject('groq'))).toMatchObject({
    state: 'cooling',
    untilMs: clock.nowMs + 5_000,
  })
  expect(conditions.of(subject('groq', 'another'))).toEqual({ state: 'ready' })
  clock.nowMs += 5_000
  expect(conditions.of(subject('groq'))).toEqual({ state: 'ready' })
})

test('a later, shorter wait does not end a longer one, and nor does an answer that was under way', async () => {
  const { clock, conditions } = await start()
  conditions.learn(subject('groq'), failure('rate_limited', { retryAfterMs: 60_000 }))
  conditions.learn(subject('groq'), failure('rate_limited', { retryAfterMs: 1_000 }))
  conditions.answered(subject('groq'))
  expect(conditions.of(subject('groq'))).toMatchObject({ untilMs: clock.nowMs + 60_000 })
})

test('a used up day lasts until it ends where the provider counts it, also when the clocks change', async () => {
  const untilOf = async (at: string) => {
    const { conditions } = await start(Date.parse(at))
    conditions.learn(
      subject('gemini'),
      failure('rate_limited', { scope: 'day', retryAfterMs: 45_000 }),
    )
    const condition = conditions.of(subject('gemini'))
    return condition.state === 'cooling' ? new Date(condition.untilMs).toISOString() : null
  }
  // Midnight in California: at 8 in winter, at 7 in summer.
  expect(await untilOf('2026-11-26T20:00:00Z')).toBe('2026-11-27T08:00:00.000Z')
  expect(await untilOf('2026-07-01T06:59:00Z')).toBe('2026-07-01T07:00:00.000Z')
  // The nights to summer time and back have 23 and 25 hours.
  expect(await untilOf('2026-03-08T08:30:00Z')).toBe('2026-03-09T07:00:00.000Z')
  expect(await untilOf('2026-11-01T07:30:00Z')).toBe('2026-11-02T08:00:00.000Z')
})

test('a provider without a day of its own is waited for as it says', async () => {
  const { clock, conditions } = await start()
  conditions.learn(
    subject('groq'),
    failure('rate_limited', { scope: 'day', retryAfterMs: 432_000 }),
  )
  expect(conditions.of(subject('groq'))).toMatchObject({ untilMs: clock.nowMs + 432_000 })
})

test('a refused key is off for every model, a missing model for every key, and each only for a while', async () => {
  const { clock, conditions } = await start()
  const other = KeyId.parse('key_2')
  conditions.learn(subject('groq'), failure('auth'))
  conditions.learn(subject('ollama'), failure('not_found'))
  expect(conditions.of(subject('groq', 'any'))).toMatchObject({ state: 'off' })
  expect(conditions.of(subject('groq', 'any', other))).toEqual({ state: 'ready' })
  expect(conditions.of(subject('ollama', 'm', other))).toMatchObject({ state: 'off' })
  expect(conditions.of(subject('ollama', 'other'))).toEqual({ state: 'ready' })
  clock.nowMs += 15 * 60_000
  expect(conditions.of(subject('groq'))).toEqual({ state: 'ready' })
  expect(conditions.of(subject('ollama'))).toEqual({ state: 'ready' })
})

test('a key that is forgiven is asked again at once', async () => {
  const { conditions } = await start()
  conditions.learn(subject('groq'), failure('auth'))
  conditions.forgiveKey(subject('groq'))
  expect(conditions.of(subject('groq'))).toEqual({ state: 'ready' })
})

test.each(['overloaded', 'timeout', 'network'] as const)(
  '%s in a row keeps everybody away but one trial',
  async (failureClass) => {
    const { clock, conditions } = await start()
    for (let times = 1; times <= failuresBeforeOpening; times += 1)
      conditions.learn(subject('groq'), failure(failureClass))
    const condition = conditions.of(subject('groq'))
    expect(condition).toMatchObject({ state: 'cooling', isBroken: true })
    clock.nowMs = condition.state === 'cooling' ? condition.untilMs : 0
    expect(conditions.of(subject('groq'))).toEqual({ state: 'ready', isTrial: true })
    const trial = await conditions.claimTrial(subject('groq'))
    expect(conditions.of(subject('groq'))).toMatchObject({ state: 'cooling', isBroken: true })
    expect(await conditions.claimTrial(subject('groq'))).toBeNull()
    conditions.answered(subject('groq'), trial?.id)
    expect(conditions.of(subject('groq'))).toEqual({ state: 'ready' })
  },
)

test.each([
  'rate_limited',
  'auth',
  'not_found',
  'too_large',
  'invalid_request',
  'model_output',
  'content_blocked',
  'incomplete_stream',
  'cancelled',
  'deadline',
  'internal',
] as const)(
  '%s opens no breaker, and ends a row of failures or leaves it as it is',
  async (failureClass) => {
    const { conditions } = await start()
    for (let times = 1; times <= 20; times += 1)
      conditions.learn(subject('groq', 'm'), failure(failureClass, { retryAfterMs: 1 }))
    expect(conditions.of(subject('groq', 'm'))).not.toMatchObject({ isBroken: true })
  },
)

test('kept connections that were closed open no breaker, however many at once, and leave the trial to the next call', async () => {
  const { clock, conditions } = await start()
  const closed = failure('network', { isKeptConnectionClosed: true })
  for (let times = 1; times <= 20; times += 1) conditions.learn(subject('groq'), closed)
  expect(conditions.of(subject('groq'))).toEqual({ state: 'ready' })
  for (let times = 1; times <= failuresBeforeOpening; times += 1)
    conditions.learn(subject('groq'), failure('network'))
  clock.nowMs += 5_000
  const trial = await conditions.claimTrial(subject('groq'))
  conditions.learn(subject('groq'), closed, trial?.id)
  expect(conditions.of(subject('groq'))).toEqual({ state: 'ready', isTrial: true })
})

test('a trial that was stopped says nothing: the next call may try', async () => {
  const { clock, conditions } = await start()
  for (let times = 1; times <= failuresBeforeOpening; times += 1)
    conditions.learn(subject('groq'), failure('timeout'))
  clock.nowMs += 5_000
  const trial = await conditions.claimTrial(subject('groq'))
  conditions.learn(subject('groq'), failure('cancelled'), trial?.id)
  expect(conditions.of(subject('groq'))).toEqual({ state: 'ready', isTrial: true })
})
