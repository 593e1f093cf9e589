import type { EmulatedFault } from '@maestro/testkit/providers/emulator-script'
import { describe, expect, test } from 'vitest'
import type { ChatMessage } from '../provider-adapter.ts'
import {
  type ContractSubject,
  ask,
  bothWays,
  emulated,
  readInput,
  failureOf,
} from '../contract/contract-subject.ts'
import { describeEmbeddings } from '../contract/embeddings-contract.ts'
import { describeProviderContract } from '../contract/provider-contract.ts'
import { ProviderFailure } from '../provider-failure.ts'
import { createGeminiAdapter } from './gemini-adapter.ts'
import { toGeminiRequest } from './gemini-request.ts'

const gemini: ContractSubject = {
  provider: 'gemini',
  model: 'gemini-3.8-flash',
  createAdapter: (setup) => createGeminiAdapter({ apiKey: 'AIzaEmulated', ...setup }),
  counts: { cached: true, reasoning: true },
}
describeProviderContract(gemini)
describeEmbeddings(gemini, 'gemini-embedding-001')

const failing = (fault: EmulatedFault) => emulated(gemini, { rules: [{ reply: { fault } }] })

const withStream = (chunks: readonly unknown[]) =>
  failing({
    kind: 'status',
    status: 200,
    headers: { 'content-type': 'text/event-stream' },
    body: chunks.map((chunk) => `data: ${JSON.stringify(chunk)}\r\n\r\n`).join(''),
  })

describe('gemini alone', () => {
  test('gives the signatures of a call back to the model that signed it, and to no other', async () => {
    const { adapter, emulator } = await emulated(gemini, {
      models: [],
      rules: [{ nth: 1, reply: { toolCalls: [{ name: 'read_input', arguments: { name: 'a' } }] } }],
    })
    const { signal } = new AbortController()
    const tools = [readInput]
    const first = await adapter.chat(ask(gemini, 'Read it.', { tools }), { signal })
    const { text, toolCalls, providerParts } = first.answer
    const messages: ChatMessage[] = [
      { role: 'user', text: 'Read it.' },
      { role: 'assistant', text, toolCalls, providerParts },
      { role: 'tool', toolCallId: toolCalls[0]?.id ?? '', name: 'read_input', text: 'a,b' },
    ]
    const request = ask(gemini, '', { messages, tools })
    await adapter.chat(request, { signal })
    await adapter.chat({ ...request, model: 'gemini-3.7-flash' }, { signal })
    const signatures = emulator.requests.slice(1).map(({ body }) => {
      const found = /"thoughtSignature":"([^"]+)"/.exec(JSON.stringify(body))?.[1] ?? ''
      return Buffer.from(found, 'base64').toString()
    })
    expect(signatures[0]).toBe('signature 1 call')
    expect(signatures[1]).not.toBe('signature 1 call')
  })

  test('names a call by its id only where Gemini gave one', () => {
    const toolCalls = [
      { id: 'given', name: 'a', argumentsText: '{}' },
      { id: 'call_made', name: 'b', argumentsText: '{}' },
    ]
    const parts = [
      { functionCall: { id: 'given', name: 'a', args: {} }, thoughtSignature: 's', novelty: 1 },
      { functionCall: { name: 'b', args: {} } },
    ]
    const { model } = gemini
    const { contents } = toGeminiRequest(
      ask(gemini, '', {
        messages: [
          { role: 'user', text: 'Go.' },
          {
            role: 'assistant',
            text: '',
            toolCalls,
            providerParts: { provider: 'gemini', model, parts },
          },
          { role: 'tool', toolCallId: 'given', name: 'a', text: '1' },
          { role: 'tool', toolCallId: 'call_made', name: 'b', text: '2' },
        ],
      }),
    )
    expect(contents.slice(1)).toEqual([
      { role: 'model', parts },
      {
        role: 'user',
        parts: [
          { functionResponse: { id: 'given', name: 'a', response: { result: '1' } } },
          { functionResponse: { name: 'b', response: { result: '2' } } },
        ],
      },
    ])
  })

  test('tells a blocked prompt as such, with the tokens that are billed all the same', async () => {
    const { adapter } = await failing({ kind: 'refusal', as: 'content_blocked' })
    for (const { answer } of bothWays(adapter)) {
      const failure = await failureOf(answer(ask(gemini, 'x')))
      expect(failure.failureClass).toBe('content_blocked')
      expect(failure.usage).toMatchObject({ inputTokens: 21, outputTokens: 0 })
    }
  })

  test('tells an answer that is blocked half-way as such', async () => {
    const reply = { text: ['half an', ' answer'], finish: 'blocked' } as const
    const { adapter } = await emulated(gemini, { rules: [{ reply }] })
    for (const { answer } of bothWays(adapter)) {
      const failure = await failureOf(answer(ask(gemini, 'x')))
      expect(failure).toMatchObject({ failureClass: 'content_blocked', afterContent: true })
    }
  })

  test('says nothing about the wait where Gemini does not', async () => {
    const body = {
      error: {
        code: 429,
        message: 'Resource has been exhausted (e.g. check quota).',
        status: 'RESOURCE_EXHAUSTED',
      },
    }
    const { adapter } = await failing({ kind: 'status', status: 429, body: JSON.stringify(body) })
    for (const { answer } of bothWays(adapter))
      expect(await failureOf(answer(ask(gemini, 'x')))).toMatchObject({
        failureClass: 'rate_limited',
        retryAfterMs: null,
        scope: 'minute',
        message: 'gemini (429): Resource has been exhausted (e.g. check quota).',
      })
  })

  test.each([
    ['STOP', 'stop'],
    ['MAX_TOKENS', 'length'],
    ['SAFETY', 'content_blocked'],
    ['RECITATION', 'content_blocked'],
    ['LANGUAGE', 'content_blocked'],
    ['BLOCKLIST', 'content_blocked'],
    ['PROHIBITED_CONTENT', 'content_blocked'],
    ['SPII', 'content_blocked'],
    ['IMAGE_SAFETY', 'content_blocked'],
    ['IMAGE_PROHIBITED_CONTENT', 'content_blocked'],
    ['IMAGE_RECITATION', 'content_blocked'],
    ['MALFORMED_FUNCTION_CALL', 'model_output'],
    ['UNEXPECTED_TOOL_CALL', 'model_output'],
    ['TOO_MANY_TOOL_CALLS', 'model_output'],
    ['NO_IMAGE', 'model_output'],
    ['IMAGE_OTHER', 'model_output'],
    ['OTHER', 'model_output'],
    ['CONTINUATION', 'model_output'],
    ['SOMETHING_NEW', 'model_output'],
  ])('a finish of %s is told as %s', async (finishReason, expected) => {
    const { signal } = new AbortController()
    const { adapter } = await withStream([
      { candidates: [{ content: { parts: [{ text: 'Hi.' }] }, finishReason }] },
    ])
    const outcome = await adapter.stream(ask(gemini, 'x'), { signal, onDelta: () => {} }).then(
      ({ answer }) => answer.finish,
      (error: unknown) => (error instanceof ProviderFailure ? error.failureClass : error),
    )
    expect(outcome).toBe(expected)
  })

  test('takes the last usage: the ones before count what had come until then', async () => {
    const usage = (candidatesTokenCount: number) => ({
      promptTokenCount: 9,
      toolUsePromptTokenCount: 2,
      cachedContentTokenCount: 4,
      candidatesTokenCount,
      thoughtsTokenCount: 5,
    })
    const { adapter } = await withStream([
      { candidates: [{ content: { parts: [{ text: 'a' }] } }], usageMetadata: usage(1) },
      {
        candidates: [{ content: { parts: [{ text: 'b' }] }, finishReason: 'STOP' }],
        usageMetadata: usage(2),
      },
    ])
    const { signal } = new AbortController()
    const result = await adapter.stream(ask(gemini, 'x'), { signal, onDelta: () => {} })
    expect(result.usage).toEqual({
      inputTokens: 11,
      cachedInputTokens: 4,
      outputTokens: 7,
      reasoningTokens: 5,
    })
  })

  test('knows what it used when a stream breaks off', async () => {
    const reply = { text: ['a ', 'b'], usage: { inputTokens: 9, outputTokens: 4 } }
    const { adapter } = await emulated(gemini, {
      rules: [{ reply: { ...reply, fault: { kind: 'no-finish-marker' } } }],
    })
    const { signal } = new AbortController()
    const failure = await failureOf(adapter.stream(ask(gemini, 'x'), { signal, onDelta: () => {} }))
    expect(failure.usage).toMatchObject({ inputTokens: 9, outputTokens: 4 })
  })
})
