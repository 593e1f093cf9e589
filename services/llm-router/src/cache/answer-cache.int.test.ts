import { UserId } from '@maestro/contracts/ids'
import { writeBrief } from '@maestro/contracts/llm/brief'
import { getCacheUse } from '@maestro/contracts/llm/cache-endpoints'
import { cancelCalls } from '@maestro/contracts/llm/provider-endpoints'
import type { CallReply, CallWork } from '@maestro/contracts/llm/call-work'
import { startServiceProcess } from '@maestro/testkit/services/start-service-process'
import { createPatientCaller } from '@maestro/service-kit/testing/create-patient-caller'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { ProviderFailure } from '../providers/provider-failure.ts'
import { answered, scriptedAdapter } from '../testing/scripted-adapter.ts'
import { eventually, startTestSystem, type TestSystem } from '../testing/start-test-system.ts'
import { sweepCache } from './sweep-cache.ts'

let system: TestSystem
beforeAll(async () => {
  system = await startTestSystem()
})
afterAll(() => system.stop())

const model = 'openai/gpt-oss-120b'
const hourMs = 3_600_000
const groqThatSays = (text: string) =>
  scriptedAdapter('groq', model, async () => answered(text, { model }))
/** Says its text when it is told to; `started` when it was asked for the first time. */
const slowGroq = (text: string) => {
  const started = Promise.withResolvers<void>()
  const gate = Promise.withResolvers<void>()
  const adapter = scriptedAdapter('groq', model, async (_request, { signal }) => {
    started.resolve()
    const aborted = Promise.withResolvers<never>()
    signal.addEventListener('abort', () => aborted.reject(new Error('aborted')))
    await Promise.race([gate.promise, aborted.promise])
    return answered(text, { model })
  })
  return { adapter, started: started.promise, open: gate.resolve, fail: gate.reject }
}
const question = (text: string, more: Partial<CallWork> = {}) =>
  system.newWork({
    messages: [{ role: 'user', content: [{ text }] }],
    cache: { maxAgeMs: hourMs },
    ...more,
  })
const textOf = (reply: CallReply) =>
  reply.outcome === 'failed' ? reply.failure.message : reply.answer?.text
/** It runs at a worker; with its question asked, it leads or waits for another one. */
const isClaimed = ({ callId }: CallWork) =>
  eventually('a claim', async () => {
    const rows = await system.sql`select 1 from calls where call_id = ${callId}`
    return rows.length > 0 ? true : undefined
  })
const useOf = (userId: string) =>
  createPatientCaller({ nats: system.nats, service: 'gateway' })(getCacheUse, {
    userId: UserId.parse(userId),
    days: 2,
  })

test('a hit costs nothing, holds nothing, says so, and shows its text once', async () => {
  const groq = groqThatSays('Forty-two 🌧.')
  await system.startWorker([groq])
  const userId = UserId.parse('hits')
  const first = await system.ask(question('What is it?', { userId }))
  expect(first.facts).toMatchObject({ costNanoUsd: 4_500 })
  expect(first.facts.cached).toBeUndefined()

  const work = question('What is it?', { userId })
  const deltas = await system.watchLive(work.taskId)
  const reply = await system.ask(work)
  if (reply.outcome !== 'answered' || first.outcome !== 'answered') throw new Error('no answer')
  expect(reply.answer).toEqual(first.answer)
  expect(reply.answerRef).toEqual(first.answerRef)
  expect(reply.facts).toMatchObject({
    provider: 'groq',
    model,
    costNanoUsd: 0,
    usage: { inputTokens: 0, outputTokens: 0 },
    attempts: [],
    cached: { callId: first.callId, savedNanoUsd: 4_500 },
  })
  expect(groq.asked).toHaveLength(1)
  expect(await system.settlementsOf(work.callId)).toEqual([])
  const held = await system.budgetSql`
    select 1 from reservations where attempt_id like ${`${work.callId}.%`}`
  expect(held).toHaveLength(0)
  await system.nats.flush()
  expect(deltas.map(({ from, text }) => ({ from, text }))).toEqual([
    { from: 0, text: 'Forty-two 🌧.' },
  ])
  // The journal has it like any other answer.
  expect(await system.ask({ ...work, ask: 2 })).toEqual(reply)
  const counted = await eventually('what was counted', async () => {
    const { items } = await useOf(userId)
    return items[0]?.hits === 1 ? items : undefined
  })
  expect(counted).toMatchObject([{ hits: 1, joins: 0, misses: 1, savedNanoUsd: 4_500 }])
})

test('who does not ask for it gets no cached answer, and leaves none', async () => {
  const groq = groqThatSays('anew')
  await system.startWorker([groq])
  const { cache: _, ...plain } = question('Not kept?')
  await system.ask(plain)
  await system.ask(question('Not kept?'))
  await system.ask({ ...plain, ...withOwnId() })
  expect(groq.asked).toHaveLength(3)
})

test('an answer that is too old is bought anew, and the newer one is kept in its place', async () => {
  const said = ['old', 'new']
  const groq = scriptedAdapter('groq', model, async () =>
    answered(said.shift() ?? 'none', { model }),
  )
  await system.startWorker([groq])
  const ask = async (maxAgeMs: number) =>
    textOf(await system.ask(question('How old?', { cache: { maxAgeMs } })))
  expect(await ask(hourMs)).toBe('old')
  expect(await ask(hourMs)).toBe('old')
  expect(await ask(0)).toBe('new')
  expect(await ask(hourMs)).toBe('new')
})

test('an answer that was cut at its limit is not given again', async () => {
  const finishes = ['length', 'stop'] as const
  let asked = 0
  const groq = scriptedAdapter('groq', model, async () => {
    const finish = finishes[asked] ?? 'stop'
    asked += 1
    return answered(`${asked}`, { model, finish })
  })
  await system.startWorker([groq])
  const ask = async () => textOf(await system.ask(question('A long one?')))
  expect([await ask(), await ask(), await ask()]).toEqual(['1', '2', '2'])
})

test('one user’s answer never shows to another, unless the system shares them', async () => {
  const groq = groqThatSays('a secret')
  const own = await system.startWorker([groq])
  const ask = (name: string) => system.ask(question('Whose?', { userId: UserId.parse(name) }))
  await ask('ada')
  expect((await ask('bob')).facts.cached).toBeUndefined()
  expect(groq.asked).toHaveLength(2)
  await own.stop()
  const shared = groqThatSays('for everyone')
  await system.startWorker([shared], { cacheScope: 'everyone' })
  expect((await ask('ada')).facts.cached).toBeUndefined()
  expect((await ask('bob')).facts.cached).toBeDefined()
  expect(shared.asked).toHaveLength(1)
})

test('identical calls at once, at two workers, are one request', async () => {
  const slow = slowGroq('for all of you')
  const other = slowGroq('for all of you')
  await system.startWorker([slow.adapter], { callsInFlightMax: 10 })
  await system.startWorker([other.adapter], { callsInFlightMax: 10 })
  const userId = UserId.parse('joins')
  const works = Array.from({ length: 20 }, () => question('All together?', { userId }))
  const replies = works.map((work) => system.ask(work))
  await Promise.race([slow.started, other.started])
  await Promise.all(works.map(isClaimed))
  slow.open()
  other.open()
  const all = await Promise.all(replies)
  expect(slow.adapter.asked.length + other.adapter.asked.length).toBe(1)
  expect(new Set(all.map(textOf))).toEqual(new Set(['for all of you']))
  const [buyer, ...more] = all.filter(({ facts }) => facts.cached === undefined)
  expect(more).toEqual([])
  expect(buyer?.facts.costNanoUsd).toBe(4_500)
  for (const { facts } of all)
    if (facts.cached !== undefined)
      expect(facts).toMatchObject({ costNanoUsd: 0, cached: { callId: buyer?.callId } })
  const counted = await eventually('what was counted', async () => {
    const [day] = (await useOf(userId)).items
    return day !== undefined && day.joins + day.hits === 19 ? day : undefined
  })
  expect(counted.misses).toBe(1)
})

test('when the first of two identical calls fails, the second goes on by itself', async () => {
  const gate = Promise.withResolvers<void>()
  let asked = 0
  const groq = scriptedAdapter('groq', model, async () => {
    asked += 1
    if (asked > 1) return answered('by myself', { model })
    await gate.promise
    throw new ProviderFailure('invalid_request', 'groq (400): no.')
  })
  await system.startWorker([groq])
  const [first, second] = [question('Will it fail?'), question('Will it fail?')]
  const failed = system.ask(first)
  await eventually('the first at its provider', () => (asked === 1 ? true : undefined))
  const goesOn = system.ask(second)
  await isClaimed(second)
  gate.resolve()
  expect((await failed).outcome).toBe('failed')
  expect(await goesOn).toMatchObject({ outcome: 'answered', answer: { text: 'by myself' } })
})

test('waiting for another call leaves time to make it oneself, and ends when it is cancelled', async () => {
  const slow = slowGroq('too late for some')
  await system.startWorker([slow.adapter])
  const first = system.ask(question('Is it slow?'))
  await slow.started
  const hurried = question('Is it slow?', {
    deadlineAt: new Date(Date.now() + 8_000).toISOString(),
  })
  const cancelled = question('Is it slow?')
  const replies = [system.ask(hurried), system.ask(cancelled)]
  await isClaimed(cancelled)
  await createPatientCaller({ nats: system.nats, service: 'orchestrator' })(cancelCalls, {
    callIds: [cancelled.callId],
  })
  expect(await replies[1]).toMatchObject({ outcome: 'failed', failure: { class: 'cancelled' } })
  await eventually('the hurried one at the provider', () =>
    slow.adapter.asked.length === 2 ? true : undefined,
  )
  slow.open()
  expect(await replies[0]).toMatchObject({ outcome: 'answered' })
  expect((await first).outcome).toBe('answered')
})

test(
  'when the worker of the first of two identical calls is killed, both are answered, and one of them pays',
  { timeout: 180_000 },
  async () => {
    const startWorker = async (copy: string, chunkDelayMs: number) => {
      const worker = await startServiceProcess('llm-router', {
        ...system.routerEnv(copy),
        OLLAMA_BASE_URL: 'off',
        REHEARSAL_CHUNK_DELAY_MS: String(chunkDelayMs),
        CALLS_IN_FLIGHT_MAX: '1',
      })
      onTestFinished(() => worker.stop())
      return worker
    }
    const text = `${writeBrief({ purpose: 'plan', round: 1, inputs: [], tools: [], findings: [] })}<goal>Look.</goal>`
    const [first, second] = [question(text), question(text)]
    const victim = await startWorker('victim', 3_000)
    const asked = system.ask(first)
    await eventually('an attempt in flight', async () => {
      const [row] = await system.sql<{ inFlight: unknown }[]>`
        select in_flight as "inFlight" from calls where call_id = ${first.callId}`
      return row?.inFlight ?? undefined
    })
    // The victim is full: the second call can only go to the other worker.
    await startWorker('survivor', 0)
    const again = system.ask(second)
    await isClaimed(second)
    await victim.kill9()
    const [one, two] = await Promise.all([asked, again])
    expect([one.outcome, two.outcome]).toEqual(['answered', 'answered'])
    expect(two.facts.cached).toBeUndefined()
    expect(one.facts.attempts).toMatchObject([{ outcome: 'lost' }])
    expect(one.facts.cached?.callId).toBe(second.callId)
    expect(textOf(one)).toBe(textOf(two))
  },
)

test('is bounded in keys and in bytes: what was not asked for the longest goes', async () => {
  const groq = groqThatSays('x'.repeat(1_000))
  await system.startWorker([groq])
  await system.sql`delete from cached_answers`
  for (const text of ['a', 'b', 'c', 'd']) await system.ask(question(text))
  await system.ask(question('a'))
  expect(groq.asked).toHaveLength(4)
  await sweepCache(system.sql, { entriesMax: 3, answerBytesMax: 100_000 })
  await system.ask(question('a'))
  expect(groq.asked).toHaveLength(4)
  await system.ask(question('b'))
  expect(groq.asked).toHaveLength(5)
  await sweepCache(system.sql, { entriesMax: 100, answerBytesMax: 1_500 })
  const [left] = await system.sql`select count(*)::int as keys from cached_answers`
  expect(left).toMatchObject({ keys: 1 })
})

/** For another call that asks the same as one that was made. */
const withOwnId = () => {
  const { callId, taskId } = system.newWork()
  return { callId, taskId }
}
