import { TaskId, UserId } from '@maestro/contracts/ids'
import { embedTexts, Vectors } from '@maestro/contracts/llm/embed-endpoints'
import type { ProviderName } from '@maestro/contracts/llm/chat'
import { Answer } from '@maestro/contracts/llm/chat'
import { createCaller } from '@maestro/service-kit/call'
import { createPayloadReader } from '@maestro/service-kit/payload-reader'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { z } from 'zod'
import { createRehearsalAdapter } from '../providers/rehearsal/rehearsal-adapter.ts'
import type { Embedder, ProviderAdapter } from '../providers/provider-adapter.ts'
import { ProviderFailure } from '../providers/provider-failure.ts'
import { answered, scriptedAdapter } from '../testing/scripted-adapter.ts'
import { eventually, startTestSystem, type TestSystem } from '../testing/start-test-system.ts'

let system: TestSystem
beforeAll(async () => {
  system = await startTestSystem()
})
afterAll(() => system.stop())

type Asked = z.input<typeof embedTexts.input>

/** A provider that makes embeddings as a test says, and counts how often it was asked. */
const embedding = (provider: ProviderName, model: string, embed: Embedder['embed']) => {
  const asked: (readonly string[])[] = []
  const chats = scriptedAdapter(provider, 'chat-model', async () =>
    answered('no vectors', { model: 'chat-model' }),
  )
  const adapter: ProviderAdapter = {
    ...chats,
    embedder: {
      defaultModel: model,
      embed: (request, options) => {
        asked.push(request.texts)
        return embed(request, options)
      },
    },
  }
  return { adapter, asked }
}
const usage = { inputTokens: 1_000, cachedInputTokens: 0, outputTokens: 0, reasoningTokens: 0 }
const geminiModel = 'gemini-embedding-001'
const geminiOf = (dimensions: number) =>
  embedding('gemini', geminiModel, async ({ texts }) => ({
    vectors: texts.map((text) => Array.from({ length: dimensions }, () => text.length / 2)),
    model: geminiModel,
    usage,
  }))
const question = (texts: string[], more: Partial<Asked> = {}): Asked => {
  const { callId, taskId } = system.newWork()
  return { callId, taskId, userId: UserId.parse('owner'), texts, ...more }
}
const ask = (asked: Asked) =>
  createCaller({ nats: system.nats, service: 'orchestrator' })(embedTexts, asked)
const numbersOf = ({ float32Base64 }: Vectors) => {
  const bytes = Buffer.from(float32Base64, 'base64')
  return Array.from({ length: bytes.length / 4 }, (_, index) => bytes.readFloatLE(index * 4))
}

test('vectors are paid for once: reserved, settled at their price, and given again from the journal', async () => {
  const gemini = geminiOf(2)
  await system.startWorker([gemini.adapter])
  const asked = question(['four', 'longer one'])
  const deltas = await system.watchLive(TaskId.parse(asked.taskId))
  const [one, two] = await Promise.all([ask(asked), ask(asked)])
  if (one.outcome !== 'answered' || one.vectors === null) throw new Error('no vectors')
  expect(one.vectors).toMatchObject({ dimensions: 2, count: 2 })
  expect(numbersOf(one.vectors)).toEqual([2, 2, 5, 5])
  // A thousand tokens at $0.15 a million.
  expect(one.facts).toMatchObject({ provider: 'gemini', model: geminiModel, costNanoUsd: 150_000 })
  expect(two).toEqual(one)
  expect(await ask({ ...asked, ask: 2 })).toEqual(one)
  expect(gemini.asked).toEqual([['four', 'longer one']])
  const settled = await eventually('settlement', async () => {
    const rows = await system.settlementsOf(one.callId)
    return rows.every(({ state }) => state === 'settled') ? rows : undefined
  })
  expect(settled).toMatchObject([{ kind: 'settle', cost: 150_000 }])
  await system.nats.flush()
  expect(deltas).toEqual([])
})

test('falls back in order, and says why; a provider without embeddings is none', async () => {
  const gemini = embedding('gemini', geminiModel, async () => {
    throw new ProviderFailure('auth', 'gemini (400): API key not valid.')
  })
  const ollama = embedding('ollama', 'nomic-embed-text', async ({ texts }) => ({
    vectors: texts.map(() => [1, 0, 0]),
    model: 'nomic-embed-text',
    usage,
  }))
  const groq = scriptedAdapter('groq', 'g', async () => answered('no', { model: 'g' }))
  await system.startWorker([groq, gemini.adapter, ollama.adapter])
  const reply = await ask(question(['text']))
  expect(reply).toMatchObject({ outcome: 'answered', vectors: { dimensions: 3, count: 1 } })
  expect(reply.facts).toMatchObject({
    provider: 'ollama',
    costNanoUsd: 0,
    attempts: [{ provider: 'gemini', failureClass: 'auth' }, { provider: 'ollama' }],
  })
  expect(await ask(question(['text'], { providers: ['groq'] }))).toMatchObject({
    outcome: 'failed',
    failure: {
      class: 'no_provider',
      message: expect.stringContaining('groq makes no embeddings here') as string,
    },
  })
  expect(groq.asked).toHaveLength(0)
})

test('without any provider of embeddings rehearsal steps in, and is named', async () => {
  const groq = scriptedAdapter('groq', 'g', async () => answered('no', { model: 'g' }))
  await system.startWorker([groq, createRehearsalAdapter({ chunkDelayMs: 0 })])
  const [one, two] = [await ask(question(['rain'])), await ask(question(['rain']))]
  expect(one.facts).toMatchObject({ provider: 'rehearsal', model: 'rehearsal-embed-1' })
  if (one.outcome !== 'answered' || two.outcome !== 'answered') throw new Error('no vectors')
  expect(two.vectors).toEqual(one.vectors)
})

test('many long vectors travel by reference', async () => {
  const gemini = geminiOf(3_072)
  await system.startWorker([gemini.adapter])
  const reply = await ask(question(Array.from({ length: 100 }, (_, index) => `text ${index}`)))
  if (reply.outcome !== 'answered') throw new Error(reply.failure.message)
  expect(reply.vectors).toBeNull()
  const call = createCaller({ nats: system.nats, service: 'orchestrator' })
  const journaled = Answer.parse(
    JSON.parse(await createPayloadReader({ call }).readText(reply.answerRef)),
  )
  const vectors = Vectors.parse(JSON.parse(journaled.text))
  expect(vectors).toMatchObject({ dimensions: 3_072, count: 100 })
  expect(numbersOf(vectors)).toHaveLength(307_200)
})

test('the same texts cost nothing again for who takes cached vectors', async () => {
  const gemini = geminiOf(2)
  await system.startWorker([gemini.adapter])
  const cache = { maxAgeMs: 60_000 }
  const first = await ask(question(['cached'], { cache }))
  const second = await ask(question(['cached'], { cache }))
  expect(second.facts).toMatchObject({ costNanoUsd: 0, cached: { callId: first.callId } })
  expect(gemini.asked).toHaveLength(1)
})

test('what nobody answers ends at its deadline, as a failure with its class', async () => {
  const gemini = embedding(
    'gemini',
    geminiModel,
    (_request, { signal }) =>
      new Promise((_, reject) =>
        signal.addEventListener('abort', () => reject(new Error('aborted'))),
      ),
  )
  await system.startWorker([gemini.adapter])
  expect(await ask(question(['slow'], { deadlineMs: 1_000 }))).toMatchObject({
    outcome: 'failed',
    failure: { class: 'deadline' },
  })
})

test.each([
  ['no text', []],
  ['an empty text', ['']],
  ['more texts than one request holds', Array.from({ length: 101 }, () => 'x')],
  ['more characters than a message holds', Array.from({ length: 20 }, () => 'x'.repeat(10_000))],
])('%s is refused', async (_, texts) => {
  expect(embedTexts.input.safeParse(question(texts)).success).toBe(false)
})
