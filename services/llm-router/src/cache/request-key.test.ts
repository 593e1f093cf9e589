import { UserId } from '@maestro/contracts/ids'
import { expect, test } from 'vitest'
import type { ResolvedMessage } from '../call/resolve-messages.ts'
import { requestKey } from './request-key.ts'

type Asked = Parameters<typeof requestKey>[0]

const answer = {
  text: 'Four rows.',
  reasoning: 'I count.',
  toolCalls: [{ id: 'a', name: 'read_input', argumentsText: '{}' }],
  finish: 'stop' as const,
  providerParts: null,
}
const messages: ResolvedMessage[] = [
  { role: 'system', text: 'Be exact.' },
  { role: 'user', text: 'How many rows?' },
  { role: 'assistant', answer },
  { role: 'tool', toolCallId: 'a', name: 'read_input', text: '1,2' },
]
const tool = { name: 'read_input', description: 'Reads.', parameters: { type: 'object', a: 1 } }
const work: Asked['work'] = {
  userId: UserId.parse('ada'),
  purpose: 'step',
  providers: [],
  model: null,
  tools: [tool],
  outputSchema: null,
  outputTokensMax: 100,
}
const base: Asked = {
  work,
  messages,
  candidates: [
    { provider: 'groq', model: 'm' },
    { provider: 'ollama', model: 'n' },
  ],
  scope: 'user',
}
const key = requestKey(base)

test('what is the same question has the same key', () => {
  expect(key).toMatch(/^[0-9a-f]{64}$/)
  const reordered = {
    description: 'Reads.',
    parameters: { a: 1, type: 'object' },
    name: 'read_input',
  }
  const same: Asked[] = [
    { ...base, work: { ...work, tools: [reordered] } },
    // The order in which providers stand by depends on how they are at this moment.
    { ...base, candidates: base.candidates.toReversed() },
    { ...base, candidates: [...base.candidates, ...base.candidates] },
    {
      ...base,
      messages: messages.map((message) =>
        message.role === 'assistant'
          ? { role: 'assistant', answer: { ...answer, reasoning: 'Otherwise.' } }
          : message,
      ),
    },
  ]
  for (const asked of same) expect(requestKey(asked)).toBe(key)
})

test('whatever an answer depends on makes another key', () => {
  const parts = { provider: 'gemini', model: 'g', parts: [1] } as const
  const withAnswer = (change: Partial<typeof answer> | { providerParts: typeof parts }) =>
    messages.map((message) =>
      message.role === 'assistant'
        ? { role: 'assistant' as const, answer: { ...answer, ...change } }
        : message,
    )
  const others: Asked[] = [
    { ...base, work: { ...work, userId: UserId.parse('bob') } },
    { ...base, work: { ...work, purpose: 'embed' } },
    { ...base, work: { ...work, providers: ['groq'] } },
    { ...base, work: { ...work, model: 'm' } },
    { ...base, work: { ...work, tools: [] } },
    { ...base, work: { ...work, tools: [{ ...tool, description: 'Reads all.' }] } },
    { ...base, work: { ...work, outputSchema: { name: 'x', schema: {} } } },
    { ...base, work: { ...work, outputTokensMax: 101 } },
    { ...base, candidates: base.candidates.slice(1) },
    { ...base, candidates: [{ provider: 'groq', model: 'newer' }, ...base.candidates.slice(1)] },
    { ...base, messages: messages.slice(0, 2) },
    { ...base, messages: [messages[1], messages[0], ...messages.slice(2)].flatMap((m) => m ?? []) },
    { ...base, messages: withAnswer({ text: 'Five rows.' }) },
    { ...base, messages: withAnswer({ toolCalls: [] }) },
    { ...base, messages: withAnswer({ providerParts: parts }) },
    { ...base, scope: 'everyone' },
  ]
  expect(new Set([key, ...others.map(requestKey)]).size).toBe(others.length + 1)
})

test('one user’s question is another user’s only where the system shares answers', () => {
  const bobs = { ...base, work: { ...work, userId: UserId.parse('bob') } }
  expect(requestKey(bobs)).not.toBe(key)
  expect(requestKey({ ...bobs, scope: 'everyone' })).toBe(
    requestKey({ ...base, scope: 'everyone' }),
  )
})
