import { describe, expect, onTestFinished, test, vi } from 'vitest'
import {
  type ContractSubject,
  ask,
  bothWays,
  emulated,
  patient,
  readInput,
  failureOf,
} from '../contract/contract-subject.ts'
import { describeProviderContract } from '../contract/provider-contract.ts'
import { createGroqAdapter } from './groq-adapter.ts'

const groq: ContractSubject = {
  provider: 'groq',
  model: 'openai/gpt-oss-120b',
  createAdapter: (setup) => createGroqAdapter({ apiKey: 'gsk_emulated', ...setup }),
  counts: { cached: true, reasoning: true },
}
describeProviderContract(groq)

const outputSchema = { name: 'verdict', schema: { type: 'object', properties: {} } }

const withStream = (body: string) =>
  emulated(groq, {
    rules: [
      {
        reply: {
          fault: {
            kind: 'status',
            status: 200,
            headers: { 'content-type': 'text/event-stream' },
            body,
          },
        },
      },
    ],
  })

const withError = (status: number, error: Record<string, unknown>) =>
  emulated(groq, {
    rules: [
      {
        reply: {
          fault: {
            kind: 'status',
            status,
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify({ error }),
          },
        },
      },
    ],
  })

describe('groq alone', () => {
  test('asks for a schema whole, since Groq refuses to stream one, and hands the text out at once', async () => {
    const { adapter, emulator } = await emulated(groq)
    const heard: string[] = []
    const { answer } = await adapter.stream(ask(groq, 'Judge.', { outputSchema }), {
      signal: new AbortController().signal,
      onDelta: ({ text }) => heard.push(text),
    })
    expect(emulator.requests[0]?.request?.stream).toBe(false)
    expect(heard).toEqual([answer.text])
  })

  test('asks a model that takes no schema for some JSON object, with the schema in words', async () => {
    const { adapter, emulator } = await emulated(groq, { models: [] })
    const request = { ...ask(groq, 'Judge.', { outputSchema }), model: 'qwen/qwen3.8-27b' }
    for (const { answer } of bothWays(adapter)) await answer(request)
    expect(emulator.requests[0]?.body).toMatchObject({
      response_format: { type: 'json_object' },
      reasoning_format: 'parsed',
      messages: [{ role: 'system' }, { role: 'system' }, { role: 'user' }],
    })
  })

  test('takes a base address with the path of the version too', async () => {
    const { emulator } = await emulated(groq)
    const address = `${emulator.url}/openai/v1/`
    const adapter = createGroqAdapter({ apiKey: 'gsk_emulated', address, timers: patient })
    await adapter.chat(ask(groq, 'Hello.'), { signal: new AbortController().signal })
    expect(emulator.requests[0]?.path).toBe('/openai/v1/chat/completions')
  })

  test('says why a stream stopped early, which stands in x_groq of its last chunk', async () => {
    const chunk = { choices: [], x_groq: { id: 'req_1', error: 'over_capacity' } }
    const { adapter } = await withStream(`data: ${JSON.stringify(chunk)}\n\ndata: [DONE]\n\n`)
    const { signal } = new AbortController()
    const failure = await failureOf(adapter.stream(ask(groq, 'x'), { signal, onDelta: () => {} }))
    expect(failure.failureClass).toBe('incomplete_stream')
    expect(failure.message).toContain('over_capacity')
  })

  test('reads the usage that comes in a chunk without choices', async () => {
    const event = (chunk: unknown) => `data: ${JSON.stringify(chunk)}\n\n`
    const usage = { prompt_tokens: 7, completion_tokens: 2, total_tokens: 9 }
    const { adapter } = await withStream(
      event({ choices: [{ index: 0, delta: { content: 'Hi.' }, finish_reason: 'stop' }] }) +
        event({ choices: [], usage }) +
        'data: [DONE]\n\n',
    )
    const { signal } = new AbortController()
    const result = await adapter.stream(ask(groq, 'x'), { signal, onDelta: () => {} })
    expect(result.usage).toMatchObject({ inputTokens: 7, outputTokens: 2 })
    expect(result.usageEstimated).toBeUndefined()
  })

  test('goes to the address that it was given, whatever the environment says to the SDK', async () => {
    vi.stubEnv('GROQ_BASE_URL', 'http://127.0.0.1:9')
    onTestFinished(() => void vi.unstubAllEnvs())
    const { adapter, emulator } = await emulated(groq)
    await adapter.chat(ask(groq, 'Hello.'), { signal: new AbortController().signal })
    expect(emulator.requests).toHaveLength(1)
  })

  test('puts tool calls together by their index, also without an id', async () => {
    const delta = (tool_calls: unknown, finish_reason: string | null = null) =>
      `data: ${JSON.stringify({ choices: [{ index: 0, delta: { tool_calls }, finish_reason }] })}\n\n`
    const { adapter } = await withStream(
      delta([
        { index: 0, function: { name: 'read_input' } },
        { index: 1, function: { name: 'b' } },
      ]) +
        delta([{ index: 1, function: { arguments: '{"n":' } }]) +
        delta([{ index: 0, function: { arguments: '{"name":"x"}' } }]) +
        delta([{ index: 1, function: { arguments: '2}' } }], 'stop'),
    )
    const { signal } = new AbortController()
    const request = ask(groq, 'x', { tools: [readInput] })
    const { answer } = await adapter.stream(request, { signal, onDelta: () => {} })
    expect(answer).toMatchObject({
      finish: 'tool_calls',
      toolCalls: [
        { name: 'read_input', argumentsText: '{"name":"x"}' },
        { name: 'b', argumentsText: '{"n":2}' },
      ],
    })
    expect(answer.toolCalls.every(({ id }) => id.startsWith('call_'))).toBe(true)
  })

  test.each([
    [
      400,
      { message: 'x', code: 'json_validate_failed', failed_generation: 'SECRET' },
      'model_output',
    ],
    [
      400,
      { message: 'The model has been decommissioned', code: 'model_decommissioned' },
      'not_found',
    ],
    [400, { message: 'too long', code: 'context_length_exceeded' }, 'too_large'],
    [400, { message: 'a number as code', code: 400 }, 'invalid_request'],
    [413, { message: 'Request too large', code: 'rate_limit_exceeded' }, 'too_large'],
    [422, { message: 'semantic error' }, 'model_output'],
    [424, { message: 'failed dependency' }, 'overloaded'],
    [498, { message: 'no flex capacity', code: 'capacity_exceeded' }, 'overloaded'],
  ] as const)('status %i with %o is told as %s', async (status, error, expected) => {
    const { adapter } = await withError(status, error)
    for (const { answer } of bothWays(adapter)) {
      const failure = await failureOf(answer(ask(groq, 'x')))
      expect(failure.failureClass).toBe(expected)
      expect(failure.message).not.toContain('SECRET')
    }
  })

  test('takes the wait from the text where there is no Retry-After, and hides keys', async () => {
    const message = 'Limit for gsk_abcdef123 on tokens per day (TPD): Please try again in 7m12.5s.'
    const { adapter } = await withError(429, { message, code: 'rate_limit_exceeded' })
    for (const { answer } of bothWays(adapter)) {
      const failure = await failureOf(answer(ask(groq, 'x')))
      expect(failure).toMatchObject({ retryAfterMs: 432_500, scope: 'day' })
      expect(failure.message).not.toContain('abcdef')
    }
  })
})

test('says what is left of the limits with every answer, streamed or whole', async () => {
  const { adapter } = await emulated(groq)
  const limits = {
    requests: { limit: 14_400, left: 14_370, resetMs: 179_560 },
    tokens: { limit: 250_000, left: 249_700, resetMs: 72 },
  }
  for (const { answer } of bothWays(adapter))
    expect(await answer(ask(groq, 'Say something.'))).toMatchObject({ limits })
})
