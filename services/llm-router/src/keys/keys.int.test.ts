import { randomBytes } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { CloudEvent } from '@maestro/contracts/bus/cloud-event'
import { UserId } from '@maestro/contracts/ids'
import type { CallReply } from '@maestro/contracts/llm/call-work'
import {
  deleteProviderKey,
  listProviderKeys,
  putProviderKey,
  reencryptProviderKeys,
  testProviderKey,
} from '@maestro/contracts/llm/key-endpoints'
import { listProviders } from '@maestro/contracts/llm/provider-endpoints'
import type { EmulatorScript } from '@maestro/testkit/providers/emulator-script'
import { startPrivateRedis } from '@maestro/testkit/infrastructure/test-redis'
import { startProviderEmulator } from '@maestro/testkit/providers/start-provider-emulator'
import { type Call, createCaller } from '@maestro/service-kit/call'
import { migrateDatabase } from '@maestro/service-kit/database'
import { startFactRelay } from '@maestro/service-kit/fact-relay'
import { createLogger } from '@maestro/service-kit/logger'
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest'
import { type MasterKey, readMasterKey } from './master-key.ts'
import { type MasterKeys, masterKeysOf } from './master-keys.ts'
import { connectTestRedis } from '../testing/connect-test-redis.ts'
import { eventually, startTestSystem, type TestSystem } from '../testing/start-test-system.ts'

let system: TestSystem
let call: Call
beforeAll(async () => {
  system = await startTestSystem()
  await migrateDatabase(
    system.database.url,
    fileURLToPath(new URL('../../drizzle', import.meta.url)),
  )
  call = createCaller({ nats: system.nats, service: 'test' })
})
afterAll(() => system.stop())
beforeEach(async () => {
  await system.sql`delete from provider_keys`
  await system.sql`update key_changes set revision = revision + 1`
})

const newMaster = (): MasterKey => {
  const key = readMasterKey(randomBytes(32).toString('base64'))
  if (key === null) throw new Error('32 bytes are a master key')
  return key
}
const master = newMaster()
const ann = UserId.parse('ann')
const value = (name: string) => `${name}-${'0123456789'.repeat(3)}`
const main = { provider: 'groq', name: 'main', userId: null } as const

const put = async (key: string, address: { name?: string; userId?: UserId } = {}) =>
  (await call(putProviderKey, { ...main, ...address, value: key })).key

/** Two workers on a Groq that takes these keys, and what it was asked. */
const startWorkers = async (
  script: EmulatorScript,
  {
    masters = masterKeysOf(master),
    environmentKey,
    redisUrl,
  }: { masters?: MasterKeys; environmentKey?: string; redisUrl?: string } = {},
) => {
  const groq = await startProviderEmulator({ provider: 'groq', script })
  onTestFinished(() => groq.close())
  const config = {
    GROQ_BASE_URL: groq.url,
    ...(environmentKey === undefined ? {} : { GROQ_API_KEY: environmentKey }),
  }
  const options = { callsInFlightMax: 4, ...(redisUrl === undefined ? {} : { redisUrl }) }
  const start = () => system.startKeyedWorker({ masters, config }, options)
  const workers = [await start(), await start()]
  return {
    groq,
    keysUsed: () => groq.requests.map(({ headers }) => headers.authorization?.slice(7) ?? ''),
    stop: () => Promise.all(workers.map((worker) => worker.stop())),
  }
}

const askGroq = (userId = UserId.parse('owner')): Promise<CallReply> =>
  system.ask(system.newWork({ providers: ['groq'], userId }))
const outcomes = (replies: readonly CallReply[]) => replies.map(({ outcome }) => outcome)
const many = (count: number) => Promise.all(Array.from({ length: count }, () => askGroq()))
/** As long as a worker may take to learn of a change, and a margin for a busy machine. */
const untilKnown = (isKnown: () => Promise<boolean>) =>
  eventually('all workers to know', async () => ((await isKnown()) ? true : undefined))

test('a key that is put is used by all workers soon, and a rotated one takes its place without a call failing', async () => {
  const taken = [value('first'), value('second')]
  const { groq, keysUsed } = await startWorkers({ keys: () => taken })
  const first = await put(value('first'))
  expect(first).toMatchObject({ name: 'main', ending: value('first').slice(-4), state: 'ready' })
  await untilKnown(async () => outcomes(await many(6)).every((outcome) => outcome === 'answered'))

  const putAtMs = performance.now()
  const second = await put(value('second'))
  expect(second.keyId).not.toBe(first.keyId)
  const replies: CallReply[] = []
  await untilKnown(async () => {
    const before = groq.requests.length
    replies.push(...(await many(6)))
    return keysUsed()
      .slice(before)
      .every((key) => key === value('second'))
  })
  expect(performance.now() - putAtMs).toBeLessThan(10_000)
  expect(new Set(outcomes(replies))).toEqual(new Set(['answered']))
  expect(replies.at(-1)?.facts.attempts[0]?.keyId).toBe(second.keyId)
})

test('a running call ends on the key that it began with, and a deleted key is used no more', async () => {
  const reply = { text: Array.from({ length: 30 }, () => 'word '), pieceDelayMs: 150 }
  const { groq, keysUsed } = await startWorkers({ rules: [{ nth: 1, reply }] })
  await put(value('first'))
  const slow = await eventually('a call to begin', async () => {
    const asked = askGroq()
    const began = await Promise.race([
      asked.then(() => false),
      eventually('the request', () => (groq.requests.length > 0 ? true : undefined)),
    ])
    return began ? { asked } : undefined
  })
  await call(deleteProviderKey, main)
  await untilKnown(async () => outcomes(await many(6)).every((outcome) => outcome === 'failed'))
  const asked = keysUsed().length
  const refused = await askGroq()
  expect(refused).toMatchObject({ outcome: 'failed', failure: { class: 'no_provider' } })
  expect(keysUsed()).toHaveLength(asked)
  expect(await slow.asked).toMatchObject({ outcome: 'answered' })
  const { items } = await call(listProviderKeys, { userId: ann })
  expect(items).toEqual([])
})

test("a user's own key is used before the system's, which is used before the environment's", async () => {
  const { keysUsed } = await startWorkers({}, { environmentKey: value('environment') })
  await askGroq(ann)
  expect(keysUsed().at(-1)).toBe(value('environment'))
  await put(value('system'))
  await untilKnown(async () => {
    await Promise.all([askGroq(ann), askGroq(ann), askGroq(ann), askGroq(ann)])
    return keysUsed()
      .slice(-4)
      .every((key) => key === value('system'))
  })
  await put(value('of-ann'), { userId: ann })
  await untilKnown(async () => {
    await Promise.all([askGroq(ann), askGroq(ann), askGroq(ann), askGroq(ann)])
    return keysUsed()
      .slice(-4)
      .every((key) => key === value('of-ann'))
  })
  await askGroq(UserId.parse('bob'))
  expect(keysUsed().at(-1)).toBe(value('system'))
})

test('several keys take turns; a refused one is set aside for all workers, and the others go on', async () => {
  const keys = ['one', 'two', 'three'].map(value)
  const taken = new Set(keys)
  const keeper = await startWorkers({})
  for (const [index, key] of keys.entries()) await put(key, { name: `key-${index}` })
  await keeper.stop()
  // Whoever starts now knows all three: a worker without any would fail its calls.
  const { keysUsed } = await startWorkers({ keys: () => [...taken] })
  expect(new Set(outcomes(await many(6)))).toEqual(new Set(['answered']))
  expect(new Set(keysUsed())).toEqual(taken)

  taken.delete(value('two'))
  const replies = await many(12)
  expect(new Set(outcomes(replies))).toEqual(new Set(['answered']))
  const listed = await eventually('the key to be set aside', async () => {
    const { items } = await call(listProviderKeys, { userId: ann })
    return items.find(({ state }) => state === 'refused')
  })
  expect(listed).toMatchObject({ name: 'key-1' })
  expect(listed.reason).not.toContain(value('two').slice(0, 12))
  await untilKnown(async () => {
    await many(6)
    return !keysUsed().slice(-6).includes(value('two'))
  })
  const rows = await system.sql<{ text: string }[]>`select calls::text as text from calls`
  for (const { text } of rows) for (const key of keys) expect(text).not.toContain(key)

  // Its provider takes it again: the test says so, and takes it back.
  taken.add(value('two'))
  expect(await call(testProviderKey, { ...main, name: 'key-1' })).toMatchObject({ accepted: true })
  await untilKnown(async () => {
    await many(6)
    return keysUsed().slice(-6).includes(value('two'))
  })
})

test('a test call says what the provider says of a key, and never the key', async () => {
  const { groq } = await startWorkers(
    { keys: () => [value('good')] },
    { environmentKey: value('good') },
  )
  await put(value('bad'))
  await put(value('good'), { name: 'good' })
  const refused = await call(testProviderKey, main)
  expect(refused).toMatchObject({ accepted: false, failureClass: 'auth' })
  expect(JSON.stringify(refused)).not.toContain(value('bad').slice(0, 12))
  expect(refused).toMatchObject({ message: expect.stringContaining('[key]') as string })
  expect(await call(testProviderKey, { ...main, name: 'good' })).toMatchObject({
    accepted: true,
    models: 2,
  })
  expect(await call(testProviderKey, { ...main, name: 'env' })).toMatchObject({ accepted: true })
  expect(groq.requests).toHaveLength(0)
  await expect(call(testProviderKey, { ...main, name: 'nobody' })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  })
})

test('the key of the environment is used again by all workers once a test call found it good', async () => {
  const redis = await startPrivateRedis()
  onTestFinished(() => redis.stop())
  await connectTestRedis(redis.url).then((connected) => connected.stop())
  const taken: string[] = []
  const { keysUsed } = await startWorkers(
    { keys: () => taken },
    { environmentKey: value('environment'), redisUrl: redis.url },
  )
  await untilKnown(async () => {
    const before = keysUsed().length
    return (
      outcomes(await many(6)).every((outcome) => outcome === 'failed') &&
      keysUsed().length === before
    )
  })
  const refused = await call(testProviderKey, { ...main, name: 'env' })
  expect(refused).toMatchObject({ accepted: false, failureClass: 'auth' })
  const refusals = keysUsed().length
  await many(6)
  expect(keysUsed()).toHaveLength(refusals)

  taken.push(value('environment'))
  expect(await call(testProviderKey, { ...main, name: 'env' })).toMatchObject({ accepted: true })
  await untilKnown(async () => outcomes(await many(6)).every((outcome) => outcome === 'answered'))
})

test('a list of keys shows that of the environment, and no more than an ending of any', async () => {
  await startWorkers({}, { environmentKey: value('environment') })
  await put(value('system'))
  await put(value('of-ann'), { userId: ann, name: 'mine' })
  await put(value('of-bob'), { userId: UserId.parse('bob') })
  const { items } = await call(listProviderKeys, { userId: ann })
  expect(items.map(({ name, userId, ending }) => [name, userId, ending])).toEqual([
    ['main', null, value('system').slice(-4)],
    ['mine', 'ann', value('of-ann').slice(-4)],
    ['env', null, value('environment').slice(-4)],
  ])
  expect(JSON.stringify(items)).not.toMatch(/0123456789/)
  const { items: providers } = await call(listProviders, {})
  expect(providers[1]).toMatchObject({
    provider: 'gemini',
    configured: false,
    reason: 'Add a key for gemini, or set GEMINI_API_KEY.',
  })
})

test('a row with the value of another row, or of another master key, is not used and says so', async () => {
  const { keysUsed } = await startWorkers({})
  await put(value('one'), { name: 'one' })
  await put(value('two'), { name: 'two' })
  await system.sql`update provider_keys set sealed = (
    select sealed from provider_keys where name = 'two') where name = 'one'`
  await system.sql`update key_changes set revision = revision + 1`
  const { items } = await call(listProviderKeys, { userId: ann })
  expect(items.map(({ name, state }) => [name, state])).toEqual([
    ['one', 'unreadable'],
    ['two', 'ready'],
  ])
  // Either worker may have the old row in memory for a second, or no key at all.
  await untilKnown(async () => {
    const replies = await many(6)
    const used = keysUsed().slice(-6)
    return replies.every(({ outcome }) => outcome === 'answered') && !used.includes(value('one'))
  })
  expect(outcomes(await many(8))).toEqual(Array.from({ length: 8 }, () => 'answered'))
  expect(new Set(keysUsed().slice(-8))).toEqual(new Set([value('two')]))
  await expect(call(testProviderKey, { ...main, name: 'one' })).rejects.toMatchObject({
    code: 'KEY_UNREADABLE',
  })
})

test('after a change of the master key everything is sealed anew, and the old one is not needed any more', async () => {
  const next = newMaster()
  const kept = await startWorkers({})
  await put(value('kept'))
  await kept.stop()
  const between = await startWorkers({}, { masters: masterKeysOf(next, [master]) })
  expect(await askGroq()).toMatchObject({ outcome: 'answered' })
  expect(await call(reencryptProviderKeys, {})).toEqual({ reencrypted: 1, unreadable: 0 })
  expect(await call(reencryptProviderKeys, {})).toEqual({ reencrypted: 0, unreadable: 0 })
  await between.stop()
  const after = await startWorkers({}, { masters: masterKeysOf(next) })
  expect(await askGroq()).toMatchObject({ outcome: 'answered' })
  expect(after.keysUsed()).toEqual([value('kept')])
})

test('without a master key nothing is kept, and the key of the environment works all the same', async () => {
  const { keysUsed } = await startWorkers(
    {},
    { masters: masterKeysOf(null), environmentKey: value('environment') },
  )
  await expect(put(value('any'))).rejects.toMatchObject({ code: 'MASTER_KEY_MISSING' })
  expect(await askGroq()).toMatchObject({ outcome: 'answered' })
  expect(keysUsed()).toEqual([value('environment')])
})

test('keys are counted: eight of an owner at a provider, however many come at once', async () => {
  await startWorkers({})
  const puts = await Promise.allSettled(
    Array.from({ length: 12 }, (_, index) => put(value(`k${index}`), { name: `key-${index}` })),
  )
  const refused = puts.filter(({ status }) => status === 'rejected')
  expect(refused).toHaveLength(4)
  for (const { reason } of refused as PromiseRejectedResult[])
    expect(reason).toMatchObject({ code: 'TOO_MANY_KEYS' })
  expect(await put(value('of-ann'), { userId: ann })).toMatchObject({ userId: 'ann' })
})

test('changes of keys are facts, without their values; the same key again is no change', async () => {
  await startWorkers({})
  const { sql, nats } = system
  const log = createLogger({ service: 'llm-router', copy: 'test', level: 'silent' })
  const relay = await startFactRelay({ sql, nats, log, service: 'llm-router' })
  onTestFinished(relay.stop)
  const events: CloudEvent[] = []
  const subscription = system.nats.subscribe('maestro.event.provider.groq')
  void (async () => {
    for await (const message of subscription) events.push(CloudEvent.parse(message.json()))
  })()
  const first = await put(value('first'))
  expect((await put(value('first'))).keyId).toBe(first.keyId)
  const second = await put(value('second'))
  await call(deleteProviderKey, main)
  // Those of earlier tests come before them.
  const ofOurs = () =>
    events.filter(({ data }) => data['keyId'] === first.keyId || data['keyId'] === second.keyId)
  await eventually('the facts', () => (ofOurs().length >= 3 ? true : undefined))
  subscription.unsubscribe()
  expect(ofOurs().map(({ type, data }) => [type, data])).toEqual([
    ['maestro.KeyRotated', { ...main, keyId: first.keyId, replaced: null }],
    ['maestro.KeyRotated', { ...main, keyId: second.keyId, replaced: first.keyId }],
    ['maestro.KeyDeleted', { ...main, keyId: second.keyId }],
  ])
})

test('what is no key, or is meant for nobody, is refused and not repeated', async () => {
  await startWorkers({})
  const wrongs = [
    { provider: 'openai' },
    { provider: 'ollama' },
    { value: `${value('one')}\n` },
    { value: `Bearer ${value('two')}` },
    { value: value('long').repeat(20) },
    { name: 'No Name' },
    { name: 'env' },
  ]
  for (const wrong of wrongs) {
    const raw = { ...main, value: value('fine'), ...wrong }
    const reply = await system.nats.request(
      'maestro.rpc.llm-router.putProviderKey',
      JSON.stringify(raw),
      { timeout: 5_000 },
    )
    expect(JSON.parse(reply.string())).toMatchObject({ code: 'INVALID_INPUT' })
    expect(reply.string()).not.toContain('0123456789')
  }
})
