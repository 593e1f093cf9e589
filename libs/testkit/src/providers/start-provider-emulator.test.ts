import { expect, onTestFinished, test } from 'vitest'
import type { EmulatorScript } from './emulator-script.ts'
import { exampleOfSchema } from './example-of-schema.ts'
import { startProviderEmulator } from './start-provider-emulator.ts'

const schema = {
  type: 'object',
  properties: { steps: { type: 'array', items: { type: 'string' }, minItems: 2 } },
}

const asks = {
  groq: {
    path: '/openai/v1/chat/completions',
    headers: { authorization: 'Bearer gsk_x' },
    body: (text: string) => ({
      model: 'openai/gpt-oss-120b',
      messages: [{ role: 'user', content: text }],
      response_format: { type: 'json_schema', json_schema: { name: 'plan', schema } },
    }),
  },
  gemini: {
    path: '/v1beta/models/gemini-3.8-flash:generateContent',
    headers: { 'x-goog-api-key': 'x' },
    body: (text: string) => ({
      contents: [{ role: 'user', parts: [{ text }] }],
      generationConfig: {
        responseSchema: {
          type: 'OBJECT',
          properties: { steps: { type: 'ARRAY', items: { type: 'STRING' }, minItems: 2 } },
        },
      },
    }),
  },
  ollama: {
    path: '/api/chat',
    headers: {},
    body: (text: string) => ({
      model: 'qwen3:8b',
      stream: false,
      messages: [{ role: 'user', content: text }],
      format: schema,
      options: { num_ctx: 8_192, num_predict: 100 },
    }),
  },
} as const

const providers = ['groq', 'gemini', 'ollama'] as const

const start = async (provider: (typeof providers)[number], script: EmulatorScript = {}) => {
  const emulator = await startProviderEmulator({ provider, script })
  onTestFinished(() => emulator.close())
  const { path, headers, body } = asks[provider]
  const ask = async (text: string) => {
    const init = { method: 'POST', headers, body: JSON.stringify(body(text)) }
    const response = await fetch(`${emulator.url}${path}`, init)
    return { status: response.status, body: await response.text() }
  }
  return { emulator, ask }
}

test.each(providers)(
  '%s answers without a script: the same each time, and by the schema',
  async (provider) => {
    const { ask } = await start(provider)
    const first = await ask('Plan it.')
    expect(first.status).toBe(200)
    expect(first.body).toContain(JSON.stringify(JSON.stringify({ steps: ['text', 'text'] })))
  },
)

test.each(providers)(
  '%s can be played by a function that sees the request in one form',
  async (provider) => {
    const { ask, emulator } = await start(provider, {
      answer: ({ messages, tools, nth }) => ({
        text: `${nth}: ${messages.at(-1)?.text} with ${tools.length} tools`,
        usage: { inputTokens: 7 },
      }),
    })
    expect((await ask('Hello')).body).toContain('1: Hello with 0 tools')
    expect((await ask('World')).body).toContain('2: World with 0 tools')
    expect(emulator.requests.map(({ request }) => request?.messages.at(-1)?.text)).toEqual([
      'Hello',
      'World',
    ])
  },
)

test.each(providers)('%s follows the first rule that fits', async (provider) => {
  const { ask } = await start(provider, {
    rules: [
      { nth: 2, reply: { fault: { kind: 'refusal', as: 'overloaded' } } },
      {
        when: ({ messages }) => /hello/i.test(messages.at(-1)?.text ?? ''),
        reply: { text: 'Hi.' },
      },
      { reply: { text: 'What?' } },
    ],
  })
  expect((await ask('Hello')).body).toContain('Hi.')
  expect((await ask('Hello')).status).toBe(503)
  expect((await ask('Hm')).body).toContain('What?')
})

test.each(providers)('%s refuses what its original would not take', async (provider) => {
  const { emulator } = await start(provider)
  const { path, headers } = asks[provider]
  const bodies = ['no JSON', '{}', JSON.stringify({ ...asks[provider].body('x'), surprise: 1 })]
  for (const body of bodies) {
    const response = await fetch(`${emulator.url}${path}`, { method: 'POST', headers, body })
    expect(response.status).toBe(400)
  }
  const missing = await fetch(`${emulator.url}/nowhere`)
  expect(missing.status).toBe(404)
})

test('shows a script that throws, instead of answering like a provider', async () => {
  const { ask } = await start('groq', {
    answer: () => {
      throw new Error('mistake in the test')
    },
  })
  expect(await ask('x')).toMatchObject({ status: 599, body: expect.stringContaining('mistake') })
})

test('makes the smallest value of a schema', () => {
  expect(
    exampleOfSchema({
      type: 'object',
      properties: {
        kind: { const: 'plan' },
        level: { enum: ['low', 'high'] },
        score: { type: 'number', minimum: 0.5 },
        at: { anyOf: [{ type: 'null' }, { type: 'string' }] },
        steps: { type: 'array', minItems: 1, items: { $ref: '#/$defs/step' } },
      },
      $defs: { step: { type: 'object', properties: { id: { type: 'string', minLength: 6 } } } },
    }),
  ).toEqual({ kind: 'plan', level: 'low', score: 0.5, at: null, steps: [{ id: 'text..' }] })
})
