import { CallWork } from '@maestro/contracts/llm/call-work'
import { defaultStrategy } from '@maestro/contracts/llm/call-strategy'
import { expect, test } from 'vitest'
import type { ResolvedMessage } from '../call/resolve-messages.ts'
import { describePrompt } from './describe-prompt.ts'

const place: Parameters<typeof describePrompt>[0] = {
  registry: {
    entries: () => [
      { provider: 'groq', isConfigured: true, model: 'a-model', reason: '', keyIds: [] },
    ],
  },
  cache: { scope: 'user' },
  strategy: {
    current: () => ({
      version: 1,
      strategy: defaultStrategy,
      author: { kind: 'service', id: 'test' },
      at: '2026-11-22T12:00:00Z',
    }),
  },
}
const work = CallWork.parse({
  callId: 'call_1_write_1_1',
  ask: 1,
  taskId: 'task_1',
  userId: 'owner',
  stepId: 'step_write',
  agentId: null,
  purpose: 'step',
  providers: [],
  model: null,
  messages: [{ role: 'user', content: [{ text: 'x' }] }],
  tools: [],
  outputSchema: null,
  outputTokensMax: 10,
  taskLimitNanoUsd: null,
  deadlineAt: '2026-11-22T12:00:00Z',
  replyTo: 'inbox',
})
const messages = (question: string): ResolvedMessage[] => [
  { role: 'system', text: 'You write.' },
  { role: 'user', text: question },
]

test('two questions under one system prompt have one prompt and two requests; no text is kept', () => {
  const one = describePrompt(place, work, messages('about rain'))
  const other = describePrompt(place, work, messages('about a secret'))
  expect(other.promptKey).toBe(one.promptKey)
  expect(other.requestKey).not.toBe(one.requestKey)
  expect(other.inputBytes - one.inputBytes).toBe('about a secret'.length - 'about rain'.length)
  expect(one.promptBytes).toBeLessThan(one.inputBytes)
  expect(JSON.stringify(other)).not.toContain('secret')
})

test('the same asked by another task is the same request', () => {
  const of = (taskId: string) =>
    describePrompt(place, CallWork.parse({ ...work, taskId }), messages('about rain'))
  expect(of('task_2')).toEqual(of('task_1'))
})
