import { cancelSubject } from '@maestro/contracts/bus/subjects'
import { cancelCalls, listProviders } from '@maestro/contracts/llm/provider-endpoints'
import { nanoUsd } from '@maestro/contracts/money/nano-usd'
import { createPayloadReader } from '@maestro/service-kit/payload-reader'
import { createPatientCaller } from '@maestro/service-kit/testing/create-patient-caller'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ProviderFailure } from './providers/provider-failure.ts'
import { answered, type ScriptedAdapter, scriptedAdapter } from './testing/scripted-adapter.ts'
import { eventually, startTestSystem, type TestSystem } from './testing/start-test-system.ts'

let system: TestSystem
beforeAll(async () => {
  system = await startTestSystem()
})
afterAll(() => system.stop())

const model = 'openai/gpt-oss-120b'
const groqThatSays = (text: string): ScriptedAdapter =>
  scriptedAdapter('groq', model, async (_request, { onDelta }) => {
    for (const piece of text.match(/.{1,7}/gsu) ?? []) {
      onDelta({ kind: 'text', text: piece })
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
    return answered(text, { model })
  })

describe('one worker', () => {
  test('answers a call, settles it, and its deltas add up to the answer', async () => {
    const text = 'The wettest month is November: 🌧 pack a coat, and then a second one.'
    const groq = groqThatSays(text)
    await system.startWorker([groq])
    const work = system.newWork()
    const deltas = await system.watchLive(work.taskId)

    const reply = await system.ask(work)
    if (reply.outcome !== 'answered') throw new Error(reply.outcome)
    expect(reply.answer?.text).toBe(text)
    expect(reply.facts).toMatchObject({ provider: 'groq', model, usage: { inputTokens: 10 } })
    // 10 tokens of input at $0.15, 5 of output at $0.60 a million.
    expect(reply.facts.costNanoUsd).toBe(4_500)
    const shown = () => deltas.map((delta) => delta.text).join('')
    await eventually('all deltas', () => (shown().length >= text.length ? true : undefined))
    expect(shown()).toBe(text)
    let from = 0
    for (const delta of deltas) {
      expect(delta.from).toBe(from)
      from += delta.text.length
    }
    const settled = await eventually('settlement', async () => {
      const [row] = await system.settlementsOf(work.callId)
      return row?.state === 'settled' ? row : undefined
    })
    expect(settled).toMatchObject({ kind: 'settle', cost: 4_500 })
  })

  test('buys a call once, however often and by whomever it is asked for', async () => {
    const groq = groqThatSays('once')
    const first = await system.startWorker([groq])
    const work = system.newWork()
    const [one, again] = await Promise.all([system.ask(work), system.ask({ ...work, ask: 2 })])
    await first.stop()
    const other = groqThatSays('twice')
    await system.startWorker([other])
    const later = await system.ask({ ...work, ask: 3 })
    expect(groq.asked).toHaveLength(1)
    expect(other.asked).toHaveLength(0)
    expect(again).toEqual(one)
    expect(later).toEqual(one)
  })

  test('reads texts by reference, and gives provider parts only to the model that made them', async () => {
    const parts = { provider: 'groq', model, parts: { signature: 'abc' } } as const
    const groq = scriptedAdapter('groq', model, async () =>
      answered('first', { model, providerParts: parts }),
    )
    const gemini = scriptedAdapter('gemini', 'gemini-3.8-flash', async () =>
      answered('second', { model: 'gemini-3.8-flash' }),
    )
    await system.startWorker([groq, gemini])
    const earlier = await system.ask(system.newWork({ providers: ['groq'] }))
    if (earlier.outcome !== 'answered') throw new Error(earlier.outcome)
    const messages = [
      { role: 'user' as const, content: [{ text: 'Go on.' }] },
      { role: 'assistant' as const, answer: earlier.answerRef },
      { role: 'user' as const, content: [{ ref: earlier.answerRef }, { text: '!' }] },
    ]
    await system.ask(system.newWork({ providers: ['groq'], messages }))
    await system.ask(system.newWork({ providers: ['gemini'], messages }))
    expect(groq.asked[1]?.messages[1]).toMatchObject({ text: 'first', providerParts: parts })
    expect(gemini.asked[0]?.messages[1]).toMatchObject({ text: 'first', providerParts: null })
    const [, , last] = gemini.asked[0]?.messages ?? []
    expect(last?.text).toMatch(/"text":"first".*!$/)
  })

  test('a long answer travels by its reference', async () => {
    const text = 'A long story. '.repeat(60_000)
    const groq = scriptedAdapter('groq', model, async () => answered(text, { model }))
    await system.startWorker([groq])
    const work = system.newWork()
    const deltas = await system.watchLive(work.taskId)
    const reply = await system.ask(work)
    if (reply.outcome !== 'answered') throw new Error(reply.outcome)
    expect(reply.answer).toBeNull()
    const call = createPatientCaller({ nats: system.nats, service: 'orchestrator' })
    const journaled = await createPayloadReader({ call }).readText(reply.answerRef)
    expect(JSON.parse(journaled)).toMatchObject({ text })
    await system.nats.flush()
    expect(deltas.map((delta) => delta.text).join('') === text).toBe(true)
  })

  test('shows its providers, and why one cannot be used', async () => {
    await system.startWorker([groqThatSays('hello')])
    const call = createPatientCaller({ nats: system.nats, service: 'gateway' })
    const { items } = await call(listProviders, {})
    expect(items).toMatchObject([
      { provider: 'groq', configured: true, model, state: 'ready' },
      { provider: 'gemini', configured: false, state: 'off', reason: 'The test has none.' },
      { provider: 'ollama', configured: false },
      { provider: 'rehearsal', configured: false },
    ])
  })

  test('drops what is no call, and goes on', async () => {
    await system.startWorker([groqThatSays('fine')])
    const stream = system.nats.jetstream()
    await stream.publish('maestro.work.llm.normal', 'no JSON at all')
    await stream.publish('maestro.work.llm.normal', JSON.stringify({ callId: 'x' }))
    expect((await system.ask(system.newWork())).outcome).toBe('answered')
    const manager = await system.nats.jetstreamManager()
    await eventually('an empty queue', async () => {
      const { state } = await manager.streams.info('LLM_WORK')
      return state.messages === 0 ? true : undefined
    })
  })

  test('takes what is urgent first', async () => {
    const gate = Promise.withResolvers<void>()
    const order: string[] = []
    const groq = scriptedAdapter('groq', model, async ({ messages }) => {
      order.push(messages[0]?.text ?? '')
      if (order.length <= 2) await gate.promise
      return answered('done', { model })
    })
    await system.startWorker([groq], { callsInFlightMax: 2 })
    const say = (text: string, priority: 'high' | 'normal' | 'low') =>
      system.ask(system.newWork({ messages: [{ role: 'user', content: [{ text }] }] }), priority)
    const first = [say('a', 'normal'), say('b', 'normal')]
    await eventually('both places taken', () => (order.length === 2 ? true : undefined))
    const manager = await system.nats.jetstreamManager()
    /** It is stored (those that run are in the stream as well), and no pull waits for it: the worker knows that it has no room. */
    const isQueued = (priority: 'high' | 'low', calls: number) =>
      eventually(`${calls} calls in the queue`, async () => {
        const { state } = await manager.streams.info('LLM_WORK')
        const info = await manager.consumers.info('LLM_WORK', `llm-router-${priority}`)
        return state.messages === calls && info.num_waiting === 0 ? true : undefined
      })
    const rest = [say('low', 'low')]
    await isQueued('low', 3)
    rest.push(say('high', 'high'))
    await isQueued('high', 4)
    gate.resolve()
    await Promise.all([...first, ...rest])
    expect(order.slice(2)).toEqual(['high', 'low'])
  })
})

describe('failures', () => {
  test('fall back in order, say why, and a limited provider is left alone meanwhile', async () => {
    const limited = scriptedAdapter('groq', model, async () => {
      throw new ProviderFailure('rate_limited', 'Too many tokens a minute.', {
        retryAfterMs: 60_000,
      })
    })
    const locked = scriptedAdapter('gemini', 'gemini-3.8-flash', async () => {
      throw new ProviderFailure('auth', 'The key is not valid.')
    })
    const local = scriptedAdapter('ollama', 'qwen3', async () =>
      answered('hello', { model: 'qwen3' }),
    )
    await system.startWorker([limited, locked, local])
    const reply = await system.ask(system.newWork())
    expect(reply.outcome).toBe('answered')
    expect(reply.facts.attempts).toMatchObject([
      {
        attempt: 1,
        provider: 'groq',
        outcome: 'failed',
        failureClass: 'rate_limited',
        costNanoUsd: 0,
      },
      { attempt: 2, provider: 'gemini', outcome: 'failed', failureClass: 'auth', costNanoUsd: 0 },
      { attempt: 3, provider: 'ollama', outcome: 'answered', failureClass: null },
    ])
    const next = await system.ask(system.newWork({ providers: ['groq', 'gemini', 'ollama'] }))
    expect(next.facts.attempts).toMatchObject([{ provider: 'ollama', outcome: 'answered' }])
    expect(next.facts.decision).toMatchObject({
      prefer: 'order',
      isWished: true,
      considered: [
        { provider: 'ollama', state: 'ready', reason: '' },
        { provider: 'groq', state: 'cooling', reason: expect.stringContaining('wait 60 s') },
        { provider: 'gemini', state: 'off', reason: 'gemini refused our key' },
      ],
    })
    expect([limited.asked.length, locked.asked.length]).toEqual([1, 1])
  })

  test('replace what a broken attempt had shown', async () => {
    let tries = 0
    const groq = scriptedAdapter('groq', model, async (_request, { onDelta }) => {
      tries += 1
      onDelta({ kind: 'text', text: tries === 1 ? 'Half an ans' : 'Whole answer' })
      if (tries === 1) {
        throw new ProviderFailure('incomplete_stream', 'It broke off.', { afterContent: true })
      }
      return answered('Whole answer', { model })
    })
    await system.startWorker([groq])
    const work = system.newWork()
    const deltas = await system.watchLive(work.taskId)
    const reply = await system.ask(work)
    await system.nats.flush()
    expect(deltas).toMatchObject([
      { attempt: 1, from: 0, text: 'Half an ans' },
      { attempt: 2, from: 0, text: 'Whole answer' },
    ])
    // What was cut off has a price that nobody knows: it counts at its estimate.
    const [cut, whole] = reply.facts.attempts
    expect(cut).toMatchObject({ outcome: 'failed', failureClass: 'incomplete_stream' })
    expect(cut?.costNanoUsd).toBeGreaterThan(whole?.costNanoUsd ?? 0)
    expect(reply.facts.costNanoUsd).toBe((cut?.costNanoUsd ?? 0) + (whole?.costNanoUsd ?? 0))
  })

  test('name the provider that is asked for and not there', async () => {
    await system.startWorker([])
    const reply = await system.ask(system.newWork({ providers: ['gemini'] }))
    expect(reply).toMatchObject({
      outcome: 'failed',
      failure: {
        class: 'no_provider',
        message: expect.stringContaining('gemini is not configured'),
      },
    })
  })

  test('pass over a model without a price', async () => {
    const groq = scriptedAdapter('groq', 'no/such-model', async () =>
      answered('no', { model: 'x' }),
    )
    const local = scriptedAdapter('ollama', 'qwen3', async () =>
      answered('yes', { model: 'qwen3' }),
    )
    await system.startWorker([groq, local])
    const reply = await system.ask(system.newWork())
    expect(reply.facts.attempts).toMatchObject([
      { provider: 'groq', outcome: 'skipped', failureClass: 'budget' },
      { provider: 'ollama', outcome: 'answered' },
    ])
    expect(groq.asked).toHaveLength(0)
  })

  test('a call that the budget refused is tried again when it is asked for again', async () => {
    const groq = groqThatSays('paid')
    await system.startWorker([groq])
    const work = system.newWork({ taskLimitNanoUsd: nanoUsd(10) })
    const refused = await system.ask(work)
    expect(refused).toMatchObject({
      outcome: 'failed',
      failure: {
        class: 'budget',
        refusal: {
          code: 'BUDGET_TOO_SMALL',
          budget: { scope: 'task', id: work.taskId, unit: 'nano-usd', limit: 10, settled: 0 },
          until: null,
        },
      },
    })
    expect(groq.asked).toHaveLength(0)
    // The same ask again is the same question, and has its answer.
    const richer = { ...work, taskLimitNanoUsd: nanoUsd(1_000_000_000) }
    expect(await system.ask({ ...richer, ask: 2 })).toMatchObject({ outcome: 'answered' })
    expect(groq.asked).toHaveLength(1)
  })

  test('a call waits while others hold what is left of the budget', async () => {
    const gate = Promise.withResolvers<void>()
    const groq = scriptedAdapter('groq', model, async () => {
      if (groq.asked.length === 1) await gate.promise
      return answered('done', { model })
    })
    await system.startWorker([groq])
    // Enough for one such call in flight, and for what two of them really cost.
    const taskLimitNanoUsd = nanoUsd(500_000)
    const first = system.newWork({ taskLimitNanoUsd })
    const second = system.newWork({
      taskId: first.taskId,
      callId: `${first.callId}_b` as typeof first.callId,
      taskLimitNanoUsd,
    })
    const one = system.ask(first)
    await eventually('the first in flight', () => groq.asked[0])
    const two = system.ask(second)
    await eventually('the second claimed', async () => {
      const [row] = await system.sql`select 1 from calls where call_id = ${second.callId}`
      return row
    })
    expect(groq.asked).toHaveLength(1)
    gate.resolve()
    expect(await one).toMatchObject({ outcome: 'answered' })
    expect(await two).toMatchObject({ outcome: 'answered' })
  })

  test('the deadline ends an attempt, and what it may have cost is counted', async () => {
    const groq = scriptedAdapter(
      'groq',
      model,
      (_request, { signal }) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(new ProviderFailure('cancelled', 'ended')))
        }),
    )
    await system.startWorker([groq, groqThatSays('too late')])
    // Time enough for a busy machine to begin with the attempt.
    const deadlineAt = new Date(Date.now() + 3_000).toISOString()
    const reply = await system.ask(system.newWork({ deadlineAt }))
    expect(reply).toMatchObject({ outcome: 'failed', failure: { class: 'deadline' } })
    expect(reply.facts.attempts).toMatchObject([{ outcome: 'failed', failureClass: 'deadline' }])
    expect(reply.facts.costNanoUsd).toBeGreaterThan(0)
  })

  test('cancelling reaches the provider at once, and a cancelled call is never sent', async () => {
    const started = Promise.withResolvers<void>()
    const aborted = Promise.withResolvers<number>()
    const groq = scriptedAdapter('groq', model, (_request, { signal }) => {
      started.resolve()
      return new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          aborted.resolve(performance.now())
          reject(new ProviderFailure('cancelled', 'stopped'))
        })
      })
    })
    await system.startWorker([groq])
    const work = system.newWork()
    const reply = system.ask(work)
    await started.promise
    const call = createPatientCaller({ nats: system.nats, service: 'orchestrator' })
    // All workers are told by the bus. We hear it as they do, in this very process: what lies between is the worker's.
    const told = Promise.withResolvers<number>()
    system.nats.subscribe(cancelSubject(work.callId), {
      max: 1,
      callback: () => told.resolve(performance.now()),
    })
    await call(cancelCalls, { callIds: [work.callId] })
    expect((await aborted.promise) - (await told.promise)).toBeLessThan(100)
    expect(await reply).toMatchObject({ outcome: 'failed', failure: { class: 'cancelled' } })

    const waiting = system.newWork()
    await call(cancelCalls, { callIds: [waiting.callId] })
    expect(await system.ask(waiting)).toMatchObject({ failure: { class: 'cancelled' } })
    expect(groq.asked).toHaveLength(1)
  })
})
