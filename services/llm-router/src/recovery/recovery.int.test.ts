import {
  listRecoveryStrategies,
  listRecoveryVersions,
  resetRecoveryStrategies,
  setRecoveryStrategy,
} from '@maestro/contracts/llm/recovery-endpoints'
import type { RecoveryStrategy } from '@maestro/contracts/llm/recovery-strategy'
import { createPatientCaller } from '@maestro/service-kit/testing/create-patient-caller'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ProviderFailure } from '../providers/provider-failure.ts'
import { answered, scriptedAdapter } from '../testing/scripted-adapter.ts'
import { eventually, startTestSystem, type TestSystem } from '../testing/start-test-system.ts'

let system: TestSystem
beforeAll(async () => {
  system = await startTestSystem()
})
afterAll(() => system.stop())

const model = 'openai/gpt-oss-120b'
const gemini = () =>
  scriptedAdapter('gemini', 'gemini-3.8-flash', async () =>
    answered('from gemini', { model: 'gemini-3.8-flash' }),
  )
const groqThatFails = (failureClass: 'overloaded' | 'model_output') =>
  scriptedAdapter('groq', model, async () => {
    throw new ProviderFailure(failureClass, 'groq: no.')
  })
const caller = () => createPatientCaller({ nats: system.nats, service: 'gateway' })
const owner = {
  actor: { kind: 'person' as const, id: 'owner' },
  requestId: 'r',
  idempotencyKey: null,
}

test('a change holds at every worker within seconds, is kept as a version, and calls say which one decided them', async () => {
  const [groq, other] = [groqThatFails('overloaded'), groqThatFails('overloaded')]
  const one = await system.startWorker([groq, gemini()])
  const call = caller()
  const before = await call(listRecoveryStrategies, {})
  const reply = await system.ask(system.newWork())
  expect(reply.facts.attempts).toMatchObject([
    { provider: 'groq' },
    { provider: 'groq' },
    { provider: 'gemini', outcome: 'answered' },
  ])
  expect(reply.facts.recoveryVersion).toBe(before.version)

  const made = await call(
    setRecoveryStrategy,
    { failureClass: 'overloaded', strategy: { do: 'fall-back' }, expectedVersion: before.version },
    owner,
  )
  expect(made).toMatchObject({
    version: before.version + 1,
    author: owner.actor,
    failureClass: 'overloaded',
    strategy: { do: 'fall-back' },
  })
  // A worker that was not asked for the change.
  await system.startWorker([other, gemini()])
  await one.stop()
  const next = await call(
    setRecoveryStrategy,
    { failureClass: 'overloaded', strategy: { do: 'fail' }, expectedVersion: null },
    owner,
  )
  const failed = await eventually('a call that the new version decides', async () => {
    const again = await system.ask(system.newWork())
    return again.facts.recoveryVersion === next.version ? again : undefined
  })
  expect(failed).toMatchObject({ outcome: 'failed', failure: { class: 'overloaded' } })
  expect(failed.facts.attempts).toHaveLength(1)

  const { items } = await call(listRecoveryVersions, { before: null, limit: 2 })
  expect(items).toMatchObject([
    { version: next.version, strategy: { do: 'fail' } },
    { version: made.version, strategy: { do: 'fall-back' } },
  ])
  const rest = await call(listRecoveryVersions, { before: made.version, limit: 200 })
  expect(rest.items.at(-1)).toMatchObject({
    version: 1,
    author: { kind: 'service', id: 'llm-router' },
    failureClass: null,
  })
  expect(rest.nextBefore).toBeNull()

  await call(resetRecoveryStrategies, { failureClass: null, expectedVersion: null }, owner)
  const after = await call(listRecoveryStrategies, {})
  expect(after.items.every(({ isDefault }) => isDefault)).toBe(true)
})

test('a worker learns what was changed at another one without a call of its own', async () => {
  const quiet = await system.startWorker([groqThatFails('overloaded'), gemini()])
  // As another worker would: straight into the table.
  const [{ version } = { version: 0 }] = await system.sql<{ version: number }[]>`
    insert into recovery_versions (version, strategies, failure_class, author)
    select version + 1, jsonb_set(strategies, '{overloaded}', '{"do":"fail"}'), 'overloaded', author
    from recovery_versions order by version desc limit 1 returning version`
  const since = performance.now()
  await eventually('the new version', async () => {
    const { facts } = await system.ask(system.newWork())
    return facts.recoveryVersion === version ? true : undefined
  })
  // A second and what a busy machine adds.
  expect(performance.now() - since).toBeLessThan(10_000)
  await quiet.stop()
  await system.startWorker([])
  await caller()(resetRecoveryStrategies, { failureClass: null, expectedVersion: null }, owner)
})

test('what cannot help is refused with the reason, and so is a change of an old version', async () => {
  await system.startWorker([])
  const call = caller()
  const retry = {
    do: 'retry',
    triesMax: 3,
    backoffMsBase: 100,
    backoffMsMax: 1_000,
    afterwards: 'fail',
  } as const
  for (const failureClass of ['cancelled', 'budget', 'auth', 'rate_limited'] as const) {
    await expect(
      call(setRecoveryStrategy, { failureClass, strategy: retry, expectedVersion: null }, owner),
    ).rejects.toMatchObject({
      code: 'STRATEGY_REFUSED',
      details: { failureClass, reason: expect.stringMatching(/\w+ \w+/) },
    })
  }
  const { version } = await call(listRecoveryStrategies, {})
  const strategy = { do: 'fall-back' } as const
  const change = { failureClass: 'network' as const, strategy, expectedVersion: version }
  await call(setRecoveryStrategy, change, owner)
  await expect(call(setRecoveryStrategy, change, owner)).rejects.toMatchObject({
    code: 'VERSION_CONFLICT',
  })
  await call(resetRecoveryStrategies, { failureClass: 'network', expectedVersion: null }, owner)
})

test('two changes at once are two versions, and none of them is lost', async () => {
  await system.startWorker([])
  const call = caller()
  const { version } = await call(listRecoveryStrategies, {})
  const classes = ['auth', 'not_found', 'too_large'] as const
  const results = await Promise.allSettled(
    classes.map((failureClass) =>
      call(
        setRecoveryStrategy,
        { failureClass, strategy: { do: 'fail' }, expectedVersion: null },
        owner,
      ),
    ),
  )
  const made = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
  const { items, version: newest } = await call(listRecoveryStrategies, {})
  expect(newest).toBe(version + made.length)
  for (const { failureClass } of made) {
    expect(items.find((item) => item.failureClass === failureClass)?.strategy).toEqual({
      do: 'fail',
    })
  }
  await call(resetRecoveryStrategies, { failureClass: null, expectedVersion: null }, owner)
})

test('a model whose answer could not be used is told what was wrong, for that attempt alone', async () => {
  const groq = groqThatFails('model_output')
  const fallback = gemini()
  await system.startWorker([groq, fallback])
  const reply = await system.ask(system.newWork())
  expect(reply).toMatchObject({ outcome: 'answered', answer: { text: 'from gemini' } })
  const [first, second] = groq.asked.map(({ messages }) => messages.map(({ text }) => text))
  expect(groq.asked).toHaveLength(2)
  expect(first).toEqual(['Say something.'])
  expect(second).toEqual([
    'Say something.',
    expect.stringMatching(/^Your previous answer could not be used .*groq: no\)/),
  ])
  expect(fallback.asked[0]?.messages).toHaveLength(1)
})

test('a class that asks ends the call with what a person could do: at once, or when the tries are used up', async () => {
  const groq = groqThatFails('overloaded')
  await system.startWorker([groq, gemini()])
  const call = caller()
  const set = async (strategy: RecoveryStrategy) => {
    const { version } = await call(
      setRecoveryStrategy,
      { failureClass: 'overloaded', strategy, expectedVersion: null },
      owner,
    )
    return version
  }
  const retry = { do: 'retry', triesMax: 2, backoffMsBase: 0, backoffMsMax: 0 } as const
  for (const [strategy, tries] of [
    [{ do: 'ask' }, 1],
    [{ ...retry, afterwards: 'ask' }, 2],
  ] as const) {
    const version = await set(strategy)
    const reply = await eventually('a call that the new version decides', async () => {
      const made = await system.ask(system.newWork())
      return made.facts.recoveryVersion === version ? made : undefined
    })
    expect(reply).toMatchObject({
      outcome: 'failed',
      failure: { class: 'overloaded', ask: { suggestion: expect.stringMatching(/\w+ \w+/) } },
    })
    expect(reply.facts.attempts).toHaveLength(tries)
  }
  await call(resetRecoveryStrategies, { failureClass: null, expectedVersion: null }, owner)
})

test('where nobody can be asked at all, a person can be', async () => {
  await system.startWorker([])
  const call = caller()
  const ask = { failureClass: 'no_provider' as const, strategy: { do: 'ask' as const } }
  const { version } = await call(setRecoveryStrategy, { ...ask, expectedVersion: null }, owner)
  const reply = await eventually('a call that the new version decides', async () => {
    const made = await system.ask(system.newWork())
    return made.facts.recoveryVersion === version ? made : undefined
  })
  expect(reply).toMatchObject({
    failure: { class: 'no_provider', ask: { suggestion: expect.stringContaining('provider') } },
  })
  for (const failureClass of ['cancelled', 'budget'] as const) {
    await expect(
      call(setRecoveryStrategy, { ...ask, failureClass, expectedVersion: null }, owner),
    ).rejects.toMatchObject({ code: 'STRATEGY_REFUSED' })
  }
  await call(resetRecoveryStrategies, { failureClass: null, expectedVersion: null }, owner)
})
