import { describe, expect, test } from 'vitest'
import type { ToolSpec } from '@maestro/contracts/llm/chat'
import type { ChatDelta, ChatMessage, ChatRequest, ProviderAdapter } from '../provider-adapter.ts'
import { type ContractSubject, ask, bothWays, emulated, readInput } from './contract-subject.ts'

const streamed = async (adapter: ProviderAdapter, request: ChatRequest) => {
  const deltas: ChatDelta[] = []
  const { signal } = new AbortController()
  const result = await adapter.stream(request, { signal, onDelta: (delta) => deltas.push(delta) })
  const of = (wanted: ChatDelta['kind']) =>
    deltas.flatMap(({ kind, text }) => (kind === wanted ? [text] : []))
  return { ...result, texts: of('text'), reasonings: of('reasoning') }
}

const takesNothing: ToolSpec = {
  name: 'list_inputs',
  description: 'Lists the input files.',
  parameters: { type: 'object', properties: {}, additionalProperties: false },
}

const verdict = {
  name: 'verdict',
  schema: {
    type: 'object',
    properties: {
      approve: { type: 'boolean' },
      score: { type: 'number', minimum: 0 },
      note: { anyOf: [{ type: 'string' }, { type: 'null' }] },
    },
    required: ['approve', 'score', 'note'],
    additionalProperties: false,
  },
}

const twoCalls = [
  { name: 'read_input', arguments: { name: 'sales.csv', from: 0 } },
  { name: 'read_input', arguments: { name: 'käufer.csv', from: 20 } },
]

/** What every provider does alike. Each adapter runs it against the emulator of its wire. */
export const describeAnswers = (subject: ContractSubject) =>
  describe(`answers of ${subject.provider}`, () => {
    test('gives the text whole, with the messages sent in order', async () => {
      const { adapter, emulator } = await emulated(subject, {
        rules: [{ reply: { text: 'Four rows, two columns. Grüße 🎼' } }],
      })
      const request = ask(subject, 'How large is it?')
      const { answer, model } = await adapter.chat(request, { signal: AbortSignal.timeout(10_000) })
      expect(answer).toEqual({
        text: 'Four rows, two columns. Grüße 🎼',
        reasoning: '',
        toolCalls: [],
        finish: 'stop',
        providerParts: answer.providerParts,
      })
      expect(model).toBe(subject.model)
      expect(emulator.requests[0]?.request).toMatchObject({
        model: subject.model,
        stream: false,
        outputTokensMax: 1_000,
        messages: request.messages,
      })
    })

    test('streams the text: the deltas are the answer, in pieces', async () => {
      const text = ['Vier Zeilen ', 'und ', 'zwei Späl', 'ten 🎼.']
      const { adapter, emulator } = await emulated(subject, { rules: [{ reply: { text } }] })
      const result = await streamed(adapter, ask(subject, 'Wie groß?'))
      expect(result.texts).toEqual(text)
      expect(result.answer).toMatchObject({ text: text.join(''), finish: 'stop' })
      expect(emulator.requests[0]?.request?.stream).toBe(true)
    })

    test('keeps reasoning apart from the text', async () => {
      const reply = { reasoning: ['SECRET ', 'THOUGHT'], text: 'answer' }
      const { adapter } = await emulated(subject, { rules: [{ reply }] })
      const result = await streamed(adapter, ask(subject, 'Think.'))
      expect(result.reasonings.join('')).toBe('SECRET THOUGHT')
      expect(result.texts.join('')).toBe('answer')
      for (const { answer } of bothWays(adapter))
        expect((await answer(ask(subject, 'Think.'))).answer).toMatchObject({
          text: 'answer',
          reasoning: 'SECRET THOUGHT',
        })
    })

    test('keeps parallel tool calls, with an id each', async () => {
      const { adapter } = await emulated(subject, { rules: [{ reply: { toolCalls: twoCalls } }] })
      for (const { answer } of bothWays(adapter)) {
        const request = ask(subject, 'Read both.', { tools: [readInput, takesNothing] })
        const { toolCalls, finish, text } = (await answer(request)).answer
        expect(
          toolCalls.map((call) => ({
            name: call.name,
            arguments: JSON.parse(call.argumentsText) as unknown,
          })),
        ).toEqual(twoCalls)
        expect(new Set(toolCalls.map(({ id }) => id)).size).toBe(2)
        expect({ finish, text }).toEqual({ finish: 'tool_calls', text: '' })
      }
    })

    test('carries a tool loop over several turns, as the provider wants its own words back', async () => {
      const { adapter, emulator } = await emulated(subject, {
        rules: [
          { nth: 1, reply: { reasoning: 'First both.', text: 'Reading.', toolCalls: twoCalls } },
          { nth: 2, reply: { toolCalls: [{ name: 'list_inputs', arguments: {} }] } },
          { nth: 3, reply: { text: 'Done.' } },
        ],
      })
      const messages: ChatMessage[] = [{ role: 'user', text: 'Read both.' }]
      for (let turn = 1; turn <= 3; turn += 1) {
        const request = ask(subject, '', { messages, tools: [readInput, takesNothing] })
        const { answer } = await streamed(adapter, request)
        const { text, toolCalls, providerParts } = answer
        messages.push({ role: 'assistant', text, toolCalls, providerParts })
        for (const { id, name } of toolCalls)
          messages.push({ role: 'tool', toolCallId: id, name, text: `result of ${name} ${turn}` })
      }
      expect(messages.at(-1)).toMatchObject({ role: 'assistant', text: 'Done.' })
      const sent = emulator.requests[2]?.request?.messages ?? []
      expect(sent.map(({ role, text }) => ({ role, text }))).toEqual(
        messages.slice(0, -1).map(({ role, text }) => ({ role, text })),
      )
    })

    test('goes on with calls that another provider made, even with arguments that are no JSON', async () => {
      const { adapter, emulator } = await emulated(subject)
      const foreign = { provider: 'rehearsal', model: 'x', parts: [{ text: 'not yours' }] } as const
      const messages: ChatMessage[] = [
        { role: 'user', text: 'Read it.' },
        {
          role: 'assistant',
          text: '',
          toolCalls: [
            { id: 'a', name: 'read_input', argumentsText: '{"name":' },
            { id: 'b', name: 'read_input', argumentsText: '{"name":"b"}' },
          ],
          providerParts: foreign,
        },
        { role: 'tool', toolCallId: 'a', name: 'read_input', text: 'arguments are no JSON' },
        { role: 'tool', toolCallId: 'b', name: 'read_input', text: 'b,c' },
      ]
      for (const { answer } of bothWays(adapter))
        await answer(ask(subject, '', { messages, tools: [readInput] }))
      const assistant = emulator.requests[0]?.request?.messages[1]
      expect(assistant).toMatchObject({
        toolCalls: [{ arguments: { unreadable: '{"name":' } }, { arguments: { name: 'b' } }],
      })
      expect(JSON.stringify(emulator.requests[0]?.body)).not.toContain('not yours')
    })

    test('asks for JSON by the schema, and gets JSON', async () => {
      const { adapter, emulator } = await emulated(subject)
      for (const { answer } of bothWays(adapter)) {
        const request = ask(subject, 'Judge it.', { outputSchema: verdict })
        const { text } = (await answer(request)).answer
        expect(JSON.parse(text)).toMatchObject({ approve: true, score: 0 })
      }
      for (const { request } of emulator.requests)
        expect(Object.keys(request?.outputSchema?.['properties'] ?? {})).toEqual([
          'approve',
          'score',
          'note',
        ])
    })

    test('asks for JSON in words where there are tools too', async () => {
      const { adapter, emulator } = await emulated(subject)
      for (const { answer } of bothWays(adapter))
        await answer(ask(subject, 'Judge it.', { outputSchema: verdict, tools: [readInput] }))
      for (const { request } of emulator.requests) {
        expect(request?.outputSchema).toBeNull()
        const system = request?.messages.filter(({ role }) => role === 'system') ?? []
        expect(system.map(({ text }) => text).join('\n')).toContain('"approve"')
      }
    })

    test('counts tokens in our terms: cached ones are input, thoughts are output, nothing is nothing', async () => {
      const given = {
        inputTokens: 100,
        cachedInputTokens: subject.counts.cached ? 64 : 0,
        outputTokens: 50,
        reasoningTokens: subject.counts.reasoning ? 30 : 0,
      }
      const none = { inputTokens: 0, cachedInputTokens: 0, outputTokens: 0, reasoningTokens: 0 }
      const { adapter } = await emulated(subject, {
        answer: ({ messages }) => ({
          text: 'x',
          usage: messages.at(-1)?.text === 'Free.' ? none : given,
        }),
      })
      for (const { answer } of bothWays(adapter)) {
        expect(await answer(ask(subject, 'Count.'))).toMatchObject({ usage: given })
        const free = await answer(ask(subject, 'Free.'))
        expect(free.usage).toEqual(none)
        expect(free.usageEstimated).toBeUndefined()
      }
    })

    test('estimates what the provider did not count, and says so', async () => {
      const reply = { text: 'twelve chars', usage: null }
      const { adapter } = await emulated(subject, { rules: [{ reply }] })
      for (const { answer } of bothWays(adapter)) {
        const { usage, usageEstimated } = await answer(ask(subject, 'Count.'))
        expect(usageEstimated).toBe(true)
        expect(usage.inputTokens).toBeGreaterThan(5)
        expect(usage.outputTokens).toBe(4)
      }
    })

    test('names the model that answered: it is the one that is billed', async () => {
      const reply = { text: 'x', model: 'another-model-001' }
      const { adapter } = await emulated(subject, { rules: [{ reply }] })
      for (const { answer } of bothWays(adapter))
        expect((await answer(ask(subject, 'Who?'))).model).toBe('another-model-001')
    })

    test('says when the answer was cut at its limit', async () => {
      const reply = { text: 'one two', finish: 'length' } as const
      const { adapter } = await emulated(subject, { rules: [{ reply }] })
      for (const { answer } of bothWays(adapter))
        expect((await answer(ask(subject, 'Long.'))).answer.finish).toBe('length')
    })

    test('answers many at once without mixing them up', async () => {
      const { adapter } = await emulated(subject, {
        answer: ({ messages }) => ({
          text: [`${messages.at(-1)?.text} `, 'it ', 'is'],
          pieceDelayMs: 2,
        }),
      })
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, index) =>
          streamed(adapter, ask(subject, `number ${index}`)),
        ),
      )
      expect(answers.map(({ answer }) => answer.text)).toEqual(
        Array.from({ length: 20 }, (_, index) => `number ${index} it is`),
      )
    })
  })
