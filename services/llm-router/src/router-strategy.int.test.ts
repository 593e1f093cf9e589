import { listProviders } from '@maestro/contracts/llm/provider-endpoints'
import { getStrategy, setStrategy } from '@maestro/contracts/llm/strategy-endpoints'
import { createCaller } from '@maestro/service-kit/call'
import { type PrivateRedis, startPrivateRedis } from '@maestro/testkit/infrastructure/test-redis'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { failuresBeforeOpening } from './conditions/breaker.ts'
import { ProviderFailure } from './providers/provider-failure.ts'
import { answered, scriptedAdapter } from './testing/scripted-adapter.ts'
import { eventually, startTestSystem, type TestSystem } from './testing/start-test-system.ts'

let system: TestSystem
let redis: PrivateRedis
beforeAll(async () => {
  ;[system, redis] = await Promise.all([startTestSystem(), startPrivateRedis()])
})
afterAll(() => Promise.all([system.stop(), redis.stop()]))

const models = { groq: 'openai/gpt-oss-120b', gemini: 'gemini-3.8-flash', ollama: 'qwen3' } as const
const thatAnswers = (provider: keyof typeof models, waitMs = 0) =>
  scriptedAdapter(provider, models[provider], async ({ model }) => {
    await new Promise((resolve) => setTimeout(resolve, waitMs))
    return answered('hello', { model })
  })
const thatBreaks = (provider: keyof typeof models) =>
  scriptedAdapter(provider, models[provider], async () => {
    throw new ProviderFailure('overloaded', 'It is busy.')
  })

describe('the strategy of a call', () => {
  test('is that of the request over agent and task over the system, and it is written down', async () => {
    const all = [thatAnswers('groq'), thatAnswers('gemini'), thatAnswers('ollama')]
    await system.startWorker(all)
    const call = createCaller({ nats: system.nats, service: 'gateway' })
    const before = await call(getStrategy, {})
    expect(before.strategy.providers).toEqual(['groq', 'gemini', 'ollama'])
    const after = await call(setStrategy, {
      strategy: {
        providers: ['ollama', 'groq'],
        models: { groq: 'openai/gpt-oss-20b' },
        prefer: 'order',
      },
      expectedVersion: before.version,
    })
    expect(after.version).toBe(before.version + 1)
    await expect(
      call(setStrategy, { strategy: before.strategy, expectedVersion: before.version }),
    ).rejects.toMatchObject({ code: 'VERSION_CONFLICT' })

    const ofSystem = await system.ask(system.newWork())
    expect(ofSystem.facts).toMatchObject({
      provider: 'ollama',
      decision: {
        isWished: false,
        strategyVersion: after.version,
        considered: [{ provider: 'ollama' }, { provider: 'groq', model: 'openai/gpt-oss-20b' }],
      },
    })
    const strategy = { providers: ['gemini' as const], models: { gemini: 'gemini-4-argon' } }
    const ofTask = await system.ask(system.newWork({ strategy }))
    expect(ofTask.facts).toMatchObject({ provider: 'gemini', model: 'gemini-4-argon' })
    const ofRequest = await system.ask(system.newWork({ strategy, providers: ['groq'] }))
    expect(ofRequest.facts).toMatchObject({
      provider: 'groq',
      decision: { isWished: true, considered: [{ model: 'openai/gpt-oss-20b' }] },
    })
    await call(setStrategy, { strategy: before.strategy, expectedVersion: null })
  })

  test('asks the cheapest when price is preferred, and the fastest when latency is', async () => {
    await system.startWorker([
      thatAnswers('groq', 300),
      thatAnswers('gemini'),
      thatAnswers('ollama', 600),
    ])
    const first = async (prefer: 'price' | 'latency') => {
      const { facts } = await system.ask(system.newWork({ strategy: { prefer } }))
      return facts.decision?.considered[0]?.provider
    }
    await eventually('prices to be known', async () =>
      (await first('price')) === 'ollama' ? true : undefined,
    )
    // Each is tried once, then all are known.
    await eventually('latencies to be known', async () => {
      const { facts } = await system.ask(system.newWork({ strategy: { prefer: 'latency' } }))
      const known = facts.decision?.considered.every(({ latencyMs }) => latencyMs !== null)
      return known === true ? true : undefined
    })
    expect(await first('latency')).toBe('gemini')
  })
})

describe('two workers', () => {
  test('learn once that a provider is broken, and one call tries whether it is back', async () => {
    const broken = [thatBreaks('groq'), thatBreaks('groq')]
    const redisUrl = redis.url
    await Promise.all(
      broken.map((groq) => system.startWorker([groq, thatAnswers('gemini')], { redisUrl })),
    )
    const asked = () => broken.reduce((sum, { asked: requests }) => sum + requests.length, 0)
    await eventually('the breaker to open', async () => {
      const { facts } = await system.ask(system.newWork())
      expect(facts.provider).toBe('gemini')
      return facts.decision?.considered.some(({ state }) => state === 'broken') ? true : undefined
    })
    expect(asked()).toBeGreaterThanOrEqual(failuresBeforeOpening)
    // Whichever worker is asked: it shows what both have seen.
    const caller = createCaller({ nats: system.nats, service: 'gateway' })
    await eventually('all workers to show the same', async () => {
      const lists = await Promise.all([1, 2, 3, 4].map(() => caller(listProviders, {})))
      const shown = lists.map(({ items }) => items.find(({ provider }) => provider === 'groq'))
      const isSame = shown.every(
        (groq) =>
          groq?.models.find(({ model }) => model === models.groq)?.state === 'broken' &&
          groq.models.some(
            ({ failures }) =>
              failures[0]?.calls === asked() && failures[0].failureClass === 'overloaded',
          ),
      )
      return isSame ? true : undefined
    })
    // Both workers know, and nobody asks it while it is open.
    const before = asked()
    const replies = await Promise.all(
      Array.from({ length: 10 }, () => system.ask(system.newWork())),
    )
    expect(replies.map(({ facts }) => facts.attempts.length)).toEqual(replies.map(() => 1))
    expect(asked()).toBe(before)
    // Five seconds later it is tried, by one call.
    await eventually('the trial', async () => {
      await Promise.all(Array.from({ length: 10 }, () => system.ask(system.newWork())))
      return asked() > before ? true : undefined
    })
    expect(asked()).toBe(before + 1)
    const told = await eventually('it to be told', async () => {
      const facts = await system.sql<{ data: unknown }[]>`
        select data from facts where subject = 'provider.groq' and type = 'ProviderStateChanged'`
      return facts.length > 0 ? facts : undefined
    })
    // Once, by one of the workers; the trial that failed has changed nothing.
    expect(told.map(({ data }) => data)).toMatchObject([
      { provider: 'groq', model: models.groq, from: 'ready', to: 'broken' },
    ])
  })

  test('never ask a provider for more at once than it has places, and another one answers the rest', async () => {
    const running = { now: 0, most: 0 }
    const groq = () =>
      scriptedAdapter('groq', models.groq, async ({ model }) => {
        running.now += 1
        running.most = Math.max(running.most, running.now)
        await new Promise((resolve) => setTimeout(resolve, 100))
        running.now -= 1
        return answered('hello', { model })
      })
    const placeLimits = {
      perProvider: { groq: 3, gemini: null, ollama: null, rehearsal: null },
      perKey: null,
    }
    await Promise.all(
      [1, 2].map(() =>
        system.startWorker([groq(), thatAnswers('gemini')], { redisUrl: redis.url, placeLimits }),
      ),
    )
    const named = { models: { groq: 'openai/gpt-oss-20b' } }
    const both = await Promise.all(
      Array.from({ length: 24 }, () => system.ask(system.newWork({ strategy: named }))),
    )
    expect(new Set(both.map(({ facts }) => facts.provider))).toEqual(new Set(['groq', 'gemini']))
    // Where nobody else may answer, they wait for a place.
    const strategy = { ...named, providers: ['groq' as const] }
    const alone = await Promise.all(
      Array.from({ length: 12 }, () => system.ask(system.newWork({ strategy }))),
    )
    expect(alone.every(({ outcome }) => outcome === 'answered')).toBe(true)
    expect(running).toEqual({ now: 0, most: 3 })
  })
})
