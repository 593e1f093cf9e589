import type { CallReply, CallWork } from '@maestro/contracts/llm/call-work'
import type { EmulatedReply } from '@maestro/testkit/providers/emulator-script'
import { startProviderEmulator } from '@maestro/testkit/providers/start-provider-emulator'
import { startServiceProcess } from '@maestro/testkit/services/start-service-process'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { createGroqAdapter } from './providers/groq/groq-adapter.ts'
import { answered, scriptedAdapter } from './testing/scripted-adapter.ts'
import { eventually, startTestSystem, type TestSystem } from './testing/start-test-system.ts'

let system: TestSystem
beforeAll(async () => {
  system = await startTestSystem()
})
afterAll(() => system.stop())

const pieces = ['It rained ', 'in May ', 'and in']
const cut: EmulatedReply = { text: pieces, fault: { kind: 'no-finish-marker' } }
const apiKey = 'gsk_emulated'

/** Groq, with what it says to its first requests and then ever after. */
const groqThatSays = async (...replies: readonly EmulatedReply[]) => {
  const emulator = await startProviderEmulator({
    provider: 'groq',
    script: { answer: ({ nth }) => replies[nth - 1] ?? replies.at(-1) },
  })
  onTestFinished(() => emulator.close())
  return emulator
}
const adapterOf = ({ url }: { url: string }) => createGroqAdapter({ apiKey, address: url })
const otherProvider = () =>
  scriptedAdapter('gemini', 'gemini-3.8-flash', async () =>
    answered('It rained in May.', { model: 'gemini-3.8-flash' }),
  )
const providers = ['groq' as const]

const storyOf = ({ facts }: CallReply) =>
  facts.attempts.map(
    ({ provider, outcome, afterContent }) =>
      `${provider} ${outcome}${afterContent === true ? ' in the middle' : ''}`,
  )
/** Once each, for what was sent. */
const settledOnce = ({ callId }: CallWork, attempts: number) =>
  eventually('all settlements', async () => {
    const rows = await system.settlementsOf(callId)
    const isDone = rows.length === attempts && rows.every(({ state }) => state === 'settled')
    return isDone ? rows : undefined
  })
const sumOf = (rows: readonly { cost: number | null }[]) =>
  rows.reduce((sum, { cost }) => sum + (cost ?? 0), 0)

describe('an answer that breaks off in the middle', () => {
  test('is asked for again, and when it breaks off every time the call is incomplete with what came', async () => {
    const groq = await groqThatSays(cut)
    await system.startWorker([adapterOf(groq)])
    const work = system.newWork({ providers })
    const live = await system.watchLive(work.taskId)
    const reply = await system.ask(work)
    expect(reply).toMatchObject({
      outcome: 'incomplete',
      incomplete: {
        reason: 'broke-off',
        failureClass: 'incomplete_stream',
        message: expect.stringContaining('broke off'),
      },
      answer: { text: pieces.join(''), finish: 'broken-off', toolCalls: [] },
      answerRef: { preview: pieces.join('') },
      facts: { provider: 'groq', model: 'openai/gpt-oss-120b' },
    })
    expect(storyOf(reply)).toEqual(['groq failed in the middle', 'groq failed in the middle'])
    await system.nats.flush()
    for (const tried of [1, 2]) {
      const shown = live.filter(({ attempt }) => attempt === tried)
      expect(shown.map(({ text }) => text).join('')).toBe(pieces.join(''))
      expect(shown.map(({ isBrokenOff }) => isBrokenOff ?? false).lastIndexOf(false)).toBe(
        shown.length - 2,
      )
    }
    expect(sumOf(await settledOnce(work, 2))).toBe(reply.facts.costNanoUsd)
    // Whoever asks again is answered by the journal.
    expect(await system.ask({ ...work, ask: 2 })).toEqual(reply)
    expect(groq.requests).toHaveLength(2)
  })

  test('ends the call at once where the asker wants no other answer', async () => {
    const groq = await groqThatSays(cut)
    const gemini = otherProvider()
    await system.startWorker([adapterOf(groq), gemini])
    const work = system.newWork({ onIncomplete: 'stop' })
    const reply = await system.ask(work)
    expect(reply).toMatchObject({ outcome: 'incomplete', answer: { text: pieces.join('') } })
    expect([groq.requests.length, gemini.asked.length]).toEqual([1, 0])
    expect(sumOf(await settledOnce(work, 1))).toBe(reply.facts.costNanoUsd)
  })

  test('is left to the next provider at once where the asker wants that', async () => {
    const groq = await groqThatSays(cut)
    await system.startWorker([adapterOf(groq), otherProvider()])
    const reply = await system.ask(system.newWork({ onIncomplete: 'fall-back' }))
    expect(reply).toMatchObject({ outcome: 'answered', answer: { text: 'It rained in May.' } })
    expect(storyOf(reply)).toEqual(['groq failed in the middle', 'gemini answered'])
  })

  test('is complete when a further try brings the whole', async () => {
    const groq = await groqThatSays(cut, { text: pieces })
    await system.startWorker([adapterOf(groq)])
    const reply = await system.ask(system.newWork({ providers }))
    expect(reply).toMatchObject({ outcome: 'answered', answer: { text: pieces.join('') } })
  })

  test('keeps what came when the deadline passes meanwhile, and not when the call was cancelled', async () => {
    const stalled: EmulatedReply = { text: pieces, fault: { kind: 'stall', afterPieces: 2 } }
    const groq = await groqThatSays(stalled)
    await system.startWorker([adapterOf(groq)])
    const deadlineAt = new Date(Date.now() + 1_500).toISOString()
    const late = await system.ask(system.newWork({ providers, deadlineAt }))
    expect(late).toMatchObject({
      outcome: 'incomplete',
      incomplete: { failureClass: 'deadline' },
      answer: { text: 'It rained in May ' },
    })
    const work = system.newWork({ providers })
    const live = await system.watchLive(work.taskId)
    const cancelled = system.ask(work)
    await eventually('its first words', async () => (live.length > 0 ? true : undefined))
    system.nats.publish(`maestro.cancel.${work.callId}`)
    expect(await cancelled).toMatchObject({ outcome: 'failed', failure: { class: 'cancelled' } })
  })

  test('in the middle of a tool call: the call is handed on as it came, and marked', async () => {
    const groq = await groqThatSays({
      toolCalls: [{ name: 'read_input', arguments: '{"name": "ra' }],
      fault: { kind: 'no-finish-marker' },
    })
    await system.startWorker([adapterOf(groq)])
    const tools = [{ name: 'read_input', description: 'Reads.', parameters: { type: 'object' } }]
    const reply = await system.ask(system.newWork({ providers, tools, onIncomplete: 'stop' }))
    expect(reply).toMatchObject({
      outcome: 'incomplete',
      answer: { text: '', finish: 'broken-off', toolCalls: [{ argumentsText: '{"name": "ra' }] },
    })
  })
})

test('an answer that runs into the output limit is incomplete, and asked for once', async () => {
  const groq = await groqThatSays({ text: pieces, finish: 'length' })
  await system.startWorker([adapterOf(groq)])
  const work = system.newWork({ providers })
  const reply = await system.ask(work)
  expect(reply).toMatchObject({
    outcome: 'incomplete',
    incomplete: { reason: 'output-limit', failureClass: null },
    answer: { text: pieces.join(''), finish: 'length' },
  })
  expect(storyOf(reply)).toEqual(['groq answered'])
  expect(await system.ask({ ...work, ask: 2 })).toEqual(reply)
  expect(groq.requests).toHaveLength(1)
  expect(sumOf(await settledOnce(work, 1))).toBe(reply.facts.costNanoUsd)
})

test(
  'a worker that is killed in the middle of an answer leaves no part: it is lost and counted, and the call goes on',
  { timeout: 120_000 },
  async () => {
    const groq = await groqThatSays({ text: pieces, fault: { kind: 'stall', afterPieces: 2 } }, cut)
    const start = async () => {
      const worker = await startServiceProcess('llm-router', {
        ...system.routerEnv('router-1'),
        OLLAMA_BASE_URL: 'off',
        GROQ_API_KEY: apiKey,
        GROQ_BASE_URL: groq.url,
      })
      onTestFinished(() => worker.stop())
      return worker
    }
    const victim = await start()
    const work = system.newWork({ onIncomplete: 'stop', providers })
    const live = await system.watchLive(work.taskId)
    const asked = system.ask(work)
    await eventually('its first words', async () => (live.length > 0 ? true : undefined))
    await victim.kill9()
    await start()
    const reply = await asked
    expect(reply).toMatchObject({ outcome: 'incomplete', answer: { text: pieces.join('') } })
    expect(storyOf(reply)).toEqual(['groq lost', 'groq failed in the middle'])
    expect(sumOf(await settledOnce(work, 2))).toBe(reply.facts.costNanoUsd)
    expect(await system.ask({ ...work, ask: 2 })).toEqual(reply)
    expect(groq.requests).toHaveLength(2)
  },
)
