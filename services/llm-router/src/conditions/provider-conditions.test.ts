import type { ProviderName } from '@maestro/contracts/llm/chat'
import { KeyId } from '@maestro/contracts/llm/key-id'
import { expect, test } from 'vitest'
import { ProviderFailure } from '../providers/provider-failure.ts'
import { createProviderConditions } from './provider-conditions.ts'

const model = (provider: ProviderName, name: string, keyId: KeyId | null = null) => ({
  provider,
  model: name,
  keyId,
})

const start = (others?: { untilMs: number; reason: string }) => {
  const clock = { nowMs: 1_000_000 }
  const told: string[] = []
  const conditions = createProviderConditions({
    now: () => clock.nowMs,
    shared: {
      of: () => others,
      share: (provider, { untilMs }) => void told.push(`${provider} ${untilMs}`),
      stop: async () => {},
    },
  })
  return { clock, conditions, told }
}

test('a rate limit cools the provider for as long as it asks, and is told to the others', () => {
  const { clock, conditions, told } = start()
  conditions.learn(
    model('groq', 'm'),
    new ProviderFailure('rate_limited', 'slow', { retryAfterMs: 5_000 }),
  )
  expect(conditions.of(model('groq', 'another'))).toMatchObject({
    state: 'cooling',
    untilMs: 1_005_000,
  })
  expect(told).toEqual(['groq 1005000'])
  clock.nowMs += 5_000
  expect(conditions.of(model('groq', 'm'))).toEqual({ state: 'ready' })
})

test('a later, shorter wait does not end a longer one', () => {
  const { conditions, told } = start()
  conditions.learn(
    model('groq', 'm'),
    new ProviderFailure('rate_limited', 'slow', { retryAfterMs: 60_000 }),
  )
  conditions.learn(
    model('groq', 'm'),
    new ProviderFailure('rate_limited', 'slow', { retryAfterMs: 1_000 }),
  )
  expect(conditions.of(model('groq', 'm'))).toMatchObject({ untilMs: 1_060_000 })
  expect(told).toHaveLength(1)
})

test('what another worker learned holds here too', () =>
  expect(
    start({ untilMs: 1_009_000, reason: 'told' }).conditions.of(model('gemini', 'm')),
  ).toMatchObject({
    state: 'cooling',
    untilMs: 1_009_000,
  }))

test('a refused key is off, a missing model only that model, for a while', () => {
  const { clock, conditions } = start()
  conditions.learn(model('groq', 'm'), new ProviderFailure('auth', 'no'))
  conditions.learn(model('ollama', 'm'), new ProviderFailure('not_found', 'no'))
  expect(conditions.of(model('groq', 'any'))).toMatchObject({ state: 'off', untilMs: null })
  expect(conditions.of(model('ollama', 'm'))).toMatchObject({ state: 'off' })
  expect(conditions.of(model('ollama', 'other'))).toEqual({ state: 'ready' })
  clock.nowMs += 5 * 60_000
  expect(conditions.of(model('ollama', 'm'))).toEqual({ state: 'ready' })
})

test('a refused key says nothing about the other keys', () => {
  const { conditions } = start()
  const [one, other] = [KeyId.parse('key_1'), KeyId.parse('key_2')]
  conditions.learn(model('groq', 'm', one), new ProviderFailure('auth', 'no'))
  expect(conditions.of(model('groq', 'm', one))).toMatchObject({ state: 'off' })
  expect(conditions.of(model('groq', 'm', other))).toEqual({ state: 'ready' })
})

test('other failures say nothing about the next call', () => {
  const { conditions } = start()
  conditions.learn(model('groq', 'm'), new ProviderFailure('overloaded', 'busy'))
  expect(conditions.of(model('groq', 'm'))).toEqual({ state: 'ready' })
})
