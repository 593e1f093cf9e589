import { describe, expect, test } from 'vitest'
import {
  type ContractSubject,
  ask,
  bothWays,
  emulated,
  patient,
  failureOf,
} from '../contract/contract-subject.ts'
import { describeEmbeddings } from '../contract/embeddings-contract.ts'
import { describeProviderContract } from '../contract/provider-contract.ts'
import { createOllamaAdapter } from './ollama-adapter.ts'

const ollama: ContractSubject = {
  provider: 'ollama',
  model: 'qwen3:8b',
  createAdapter: (setup) => createOllamaAdapter({ ...setup, defaultModel: () => 'qwen3:8b' }),
  counts: { cached: false, reasoning: false },
}
describeProviderContract(ollama)
describeEmbeddings(ollama, 'nomic-embed-text:latest')

const contextAskedFor = (body: unknown) =>
  (body as { options: { num_ctx: number } }).options.num_ctx

describe('ollama alone', () => {
  test('aborting one call leaves the others alone', async () => {
    const { adapter } = await emulated(ollama, {
      answer: ({ messages }) =>
        messages.at(-1)?.text === 'hang'
          ? { text: ['a ', 'b'], fault: { kind: 'stall', afterPieces: 1 } }
          : { text: ['one ', 'two ', 'three'], pieceDelayMs: 30 },
    })
    const abort = new AbortController()
    const other = adapter.stream(ask(ollama, 'go on'), {
      signal: new AbortController().signal,
      onDelta: () => abort.abort(),
    })
    const hanging = adapter.stream(ask(ollama, 'hang'), { signal: abort.signal, onDelta: () => {} })
    expect((await failureOf(hanging)).failureClass).toBe('cancelled')
    expect((await other).answer.text).toBe('one two three')
  })

  test('asks for as much context as the prompt and the answer need, in few sizes', async () => {
    const { adapter, emulator } = await emulated(ollama)
    const { signal } = new AbortController()
    for (const [characters, outputTokensMax] of [
      [100, 1_000],
      [30_000, 4_000],
      [90_000, 60_000],
    ] as const)
      await adapter.chat(ask(ollama, 'x'.repeat(characters), { outputTokensMax }), { signal })
    expect(emulator.requests.map(({ body }) => contextAskedFor(body))).toEqual([
      8_192, 16_384, 32_768,
    ])
  })

  test('refuses a prompt that Ollama would cut silently', async () => {
    const { adapter, emulator } = await emulated(ollama)
    for (const { answer } of bothWays(adapter)) {
      const failure = await failureOf(answer(ask(ollama, 'x'.repeat(200_000))))
      expect(failure.failureClass).toBe('too_large')
    }
    expect(emulator.requests).toHaveLength(0)
  })

  test('leaves the fetch of the process as it is, though its SDK brings one along', async () => {
    const own = globalThis.fetch
    const { adapter } = await emulated(ollama)
    await adapter.chat(ask(ollama, 'x'), { signal: new AbortController().signal })
    expect(globalThis.fetch).toBe(own)
  })

  test('parts thoughts that an old server leaves in the text', async () => {
    const reply = { text: ['<th', 'ink>SECRET</', 'think>\n\nanswer with a <think> in it'] }
    const { adapter } = await emulated(ollama, { rules: [{ reply }] })
    for (const { answer } of bothWays(adapter))
      expect((await answer(ask(ollama, 'x'))).answer).toMatchObject({
        text: 'answer with a <think> in it',
        reasoning: 'SECRET',
      })
  })

  test('takes the first model that can chat where none is named', async () => {
    const { emulator } = await emulated(ollama)
    const setup = { address: emulator.url, defaultModel: () => '', timers: patient }
    const adapter = createOllamaAdapter(setup)
    for (const { answer } of bothWays(adapter))
      expect((await answer({ ...ask(ollama, 'x'), model: '' })).model).toBe('qwen3:8b')
  })

  test('says what to do where there is no model', async () => {
    const { adapter } = await emulated(ollama, { models: ['nomic-embed-text:latest'] })
    for (const { answer } of bothWays(adapter)) {
      const failure = await failureOf(answer({ ...ask(ollama, 'x'), model: '' }))
      expect(failure.failureClass).toBe('not_found')
    }
  })
})
