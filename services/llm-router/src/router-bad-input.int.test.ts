import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { CallReply, CallWork } from '@maestro/contracts/llm/call-work'
import { nanoUsd } from '@maestro/contracts/money/nano-usd'
import type { EmulatedReply, EmulatorScript } from '@maestro/testkit/providers/emulator-script'
import { startProviderEmulator } from '@maestro/testkit/providers/start-provider-emulator'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { cloudTimers } from './providers/attempt-timers.ts'
import { createGeminiAdapter } from './providers/gemini/gemini-adapter.ts'
import { createGroqAdapter } from './providers/groq/groq-adapter.ts'
import { createOllamaAdapter } from './providers/ollama/ollama-adapter.ts'
import { eventually, startTestSystem, type TestSystem } from './testing/start-test-system.ts'

let system: TestSystem
beforeAll(async () => {
  system = await startTestSystem()
})
afterAll(() => system.stop())

const providers = ['groq', 'gemini', 'ollama'] as const
type Provider = (typeof providers)[number]
const models = { groq: 'openai/gpt-oss-120b', gemini: 'gemini-3.8-flash', ollama: 'qwen3:8b' }

type Row = {
  reply?: EmulatedReply
  script?: EmulatorScript
  work?: (provider: Provider) => Partial<CallWork>
  /** What became of each attempt, and how the call ended. */
  expected: string
  says?: RegExp
  only?: readonly Provider[]
  /** It is waited for in vain: with patience that is short. */
  isSilent?: true
}

const html = { 'content-type': 'text/html' }
const page = '<!doctype html><title>Sign in</title>'
const flood = { kind: 'flood', bytes: 100 * 1024 ** 2 } as const
const text = ['Grüße ', 'aus ', 'Köln.']
const cloud = ['groq', 'gemini'] as const

/** What comes in, and what becomes of the call: each attempt, then its end. */
const rows: Readonly<Record<string, Row>> = {
  'a model that the provider does not have': {
    work: (provider) => ({
      model: { groq: 'openai/gpt-oss-20b', gemini: 'gemini-3.7-flash', ollama: 'none' }[provider],
    }),
    expected: 'not_found → failed: not_found',
    says: /Choose a model/,
  },
  'a model without a price': {
    work: () => ({ model: 'no/such-model' }),
    only: cloud,
    expected: 'skipped: budget → failed: budget',
    says: /price/i,
  },
  'a key that is refused': {
    script: { keys: () => [] },
    only: cloud,
    expected: 'auth → failed: auth',
    says: /Check the API key/,
  },
  'a web page with status 200': {
    reply: { fault: { kind: 'status', status: 200, headers: html, body: page } },
    expected: 'network → network → failed: network',
    says: /web page.*Check the connection and the address/,
  },
  'a web page with status 502': {
    reply: { fault: { kind: 'status', status: 502, headers: html, body: page } },
    expected: 'overloaded → overloaded → failed: overloaded',
    says: /502.*Try again/,
  },
  'headers and no more': {
    isSilent: true,
    reply: { text, fault: { kind: 'stall', afterPieces: 0 } },
    expected: 'timeout → timeout → failed: timeout',
    says: /no first token.*allow the task more time/,
  },
  'content, then silence': {
    isSilent: true,
    reply: { text, fault: { kind: 'stall', afterPieces: 2 } },
    expected: 'timeout → timeout → incomplete: timeout',
  },
  'content, then comments for ever': {
    isSilent: true,
    reply: { text, fault: { kind: 'keep-alives', afterPieces: 2, everyMs: 5 } },
    expected: 'timeout → timeout → incomplete: timeout',
  },
  'tokens for ever': {
    reply: { text, fault: { kind: 'trickle', everyMs: 0 } },
    expected: 'model_output → model_output → failed: model_output',
    says: /beyond the 100 tokens.*Choose a stronger model/,
  },
  '100 MiB in one line': {
    reply: { text, fault: { ...flood, of: 'one line' } },
    expected: 'incomplete_stream → incomplete_stream → failed: incomplete_stream',
    says: /more than any answer has.*Try again/,
  },
  '100 MiB of pieces': {
    reply: { text, fault: { ...flood, of: 'pieces' } },
    expected: 'model_output → model_output → failed: model_output',
    says: /beyond the 100 tokens/,
  },
  '100 MiB of comments': {
    reply: { text, fault: { ...flood, of: 'comments' } },
    expected: 'incomplete_stream → incomplete_stream → failed: incomplete_stream',
    says: /more than any answer has/,
  },
  'half a character': {
    reply: { text, fault: { kind: 'half-character' } },
    expected: 'incomplete_stream → incomplete_stream → failed: incomplete_stream',
    says: /no text \(UTF-8\)/,
  },
  'characters in halves': {
    reply: { text, fault: { kind: 'slices', bytes: 1 } },
    expected: 'answered',
  },
  'no end': {
    reply: { text, fault: { kind: 'no-finish-marker' } },
    expected: 'incomplete_stream → incomplete_stream → incomplete: incomplete_stream',
  },
  // Whoever asked tells the model: it knows its tools.
  'a tool call with broken JSON': {
    reply: { toolCalls: [{ name: 'read', arguments: '{"name":' }] },
    only: ['groq'],
    expected: 'answered',
  },
  'a call of a tool that nobody has': {
    reply: { toolCalls: [{ name: 'launch_rocket', arguments: {} }] },
    expected: 'answered',
  },
  'two tool calls of one id': {
    reply: {
      toolCalls: [
        { name: 'read', arguments: {}, id: 'same' },
        { name: 'read', arguments: {}, id: 'same' },
      ],
    },
    expected: 'answered',
  },
  nothing: { reply: { text: '' }, expected: 'answered' },
}

const impatient = { ...cloudTimers, firstTokenTimeoutMs: 700, idleTimeoutMs: 700 }

const startWorker = async ({ reply, script, isSilent }: Row) => {
  const timers = isSilent === true ? impatient : cloudTimers
  const started = await Promise.all(
    providers.map((provider) =>
      startProviderEmulator({
        provider,
        script: { models: [models[provider]], ...script, answer: () => reply ?? { text } },
      }),
    ),
  )
  const [groq, gemini, ollama] = started.map(({ url }) => url)
  onTestFinished(async () => {
    await Promise.all(started.map((emulator) => emulator.close()))
  })
  await system.startWorker([
    createGroqAdapter({ apiKey: 'gsk_emulated', address: groq, timers }),
    createGeminiAdapter({ apiKey: 'emulated', address: gemini, timers }),
    createOllamaAdapter({ address: ollama ?? '', defaultModel: () => models.ollama, timers }),
  ])
}

const storyOf = (reply: CallReply): string => {
  const words = reply.facts.attempts.map(({ outcome, failureClass }) =>
    outcome === 'failed'
      ? String(failureClass)
      : `${outcome}${failureClass === null ? '' : ': '}${failureClass ?? ''}`,
  )
  if (reply.outcome === 'failed') words.push(`failed: ${reply.failure.class}`)
  if (reply.outcome === 'incomplete') words.push(`incomplete: ${reply.incomplete.failureClass}`)
  return words.join(' → ')
}

/** Every attempt that left is settled or freed, and nothing is held any more. */
const untilSettled = (reply: CallReply) =>
  eventually('every reservation to be settled', async () => {
    const sent = reply.facts.attempts.filter(({ outcome }) => outcome !== 'skipped').length
    const settlements = await system.settlementsOf(reply.callId)
    const [held] = await system.budgetSql<{ sum: string }[]>`
      select coalesce(sum(reserved), 0) as sum from levels`
    const isDone =
      settlements.length === sent &&
      settlements.every(({ state }) => state === 'settled') &&
      Number(held?.sum) === 0
    return isDone ? true : undefined
  })

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void
const heldMebibytes = () => {
  collectGarbage()
  const { heapUsed, external } = process.memoryUsage()
  return (heapUsed + external) / 1024 ** 2
}

test.each(Object.entries(rows))('%s', async (_comes, row) => {
  await startWorker(row)
  const heldBefore = heldMebibytes()
  const asked = row.only ?? providers
  const replies = await Promise.all(
    asked.map((provider) =>
      system.ask(
        system.newWork({
          providers: [provider],
          taskLimitNanoUsd: nanoUsd(1_000_000_000),
          tools: [{ name: 'read', description: 'Reads.', parameters: { type: 'object' } }],
          ...row.work?.(provider),
        }),
      ),
    ),
  )
  expect(Object.fromEntries(replies.map((reply, at) => [asked[at], storyOf(reply)]))).toEqual(
    Object.fromEntries(asked.map((provider) => [provider, row.expected])),
  )
  for (const reply of replies) {
    if (reply.outcome === 'failed') expect(reply.failure.message).toMatch(row.says ?? /never/)
    await untilSettled(reply)
  }
  await eventually('what came to be let go', () =>
    heldMebibytes() - heldBefore < 24 ? true : undefined,
  )
})

test.each<[string, object, RegExp]>([
  ['max_tokens of 999999999', { outputTokensMax: 999_999_999 }, /outputTokensMax/],
  ['a provider that nobody knows', { providers: ['somebody'] }, /providers/],
  ['half a token', { outputTokensMax: 0.5 }, /outputTokensMax/],
  ['a limit of half a nano-dollar', { taskLimitNanoUsd: 0.5 }, /taskLimitNanoUsd/],
  ['no messages', { messages: [] }, /messages/],
])('%s is refused with what is wrong, and nothing is held', async (_what, wrong, says) => {
  await startWorker({ expected: '' })
  const reply = await system.ask(Object.assign(system.newWork(), wrong))
  expect(reply).toMatchObject({
    outcome: 'failed',
    failure: { class: 'invalid_request', message: expect.stringMatching(says) },
    facts: { costNanoUsd: 0, attempts: [] },
  })
  await untilSettled(reply)
})
