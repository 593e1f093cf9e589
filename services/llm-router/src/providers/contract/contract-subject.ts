import type { ToolSpec } from '@maestro/contracts/llm/chat'
import type {
  EmulatedFault,
  EmulatedProvider,
  EmulatorScript,
} from '@maestro/testkit/providers/emulator-script'
import { startProviderEmulator } from '@maestro/testkit/providers/start-provider-emulator'
import { expect, onTestFinished } from 'vitest'
import type { AttemptTimers } from '../attempt-timers.ts'
import type { ChatRequest, ProviderAdapter } from '../provider-adapter.ts'
import { ProviderFailure } from '../provider-failure.ts'

export type ContractSubject = {
  provider: EmulatedProvider
  model: string
  createAdapter: (setup: { address: string; timers: AttemptTimers }) => ProviderAdapter
  /** What its wire can count. */
  counts: { cached: boolean; reasoning: boolean }
}

/** Longer than any test: where one of them fires, something hung. */
export const patient: AttemptTimers = {
  headersTimeoutMs: 15_001,
  firstTokenTimeoutMs: 15_002,
  idleTimeoutMs: 15_003,
  drainTimeoutMs: 15_004,
  wholeAnswerTimeoutMs: 15_005,
}

/** An adapter in front of an emulator that ends with the test. */
export const emulated = async (
  subject: ContractSubject,
  script: EmulatorScript = {},
  timers: Partial<AttemptTimers> = {},
) => {
  const emulator = await startProviderEmulator({ provider: subject.provider, script })
  onTestFinished(() => emulator.close())
  const setup = { address: emulator.url, timers: { ...patient, ...timers } }
  return { emulator, adapter: subject.createAdapter(setup) }
}

export const ask = (
  { model }: ContractSubject,
  text: string,
  more: Partial<ChatRequest> = {},
): ChatRequest => ({
  model,
  purpose: 'step',
  messages: [
    { role: 'system', text: 'You are a careful analyst.' },
    { role: 'user', text },
  ],
  tools: [],
  outputSchema: null,
  outputTokensMax: 1_000,
  ...more,
})

/** Both ways of asking, in one form. */
export const bothWays = (adapter: ProviderAdapter, signal = new AbortController().signal) => [
  { answer: (request: ChatRequest) => adapter.chat(request, { signal }) },
  {
    answer: (request: ChatRequest) => adapter.stream(request, { signal, onDelta: () => {} }),
  },
]

export const failureOf = async (promise: Promise<unknown>): Promise<ProviderFailure> => {
  const outcome = await promise.then(
    () => 'an answer',
    (error: unknown) => error,
  )
  if (outcome instanceof ProviderFailure) return outcome
  throw new Error('expected a ProviderFailure', { cause: outcome })
}

/** Two of the SDKs may drop what they had not handed out when a stream breaks; what they did hand out has to show. */
export const failureOfStream = async (
  { adapter }: { adapter: ProviderAdapter },
  request: ChatRequest,
) => {
  let heard = 0
  const { signal } = new AbortController()
  const onDelta = () => (heard += 1)
  const failure = await failureOf(adapter.stream(request, { signal, onDelta }))
  expect(failure.afterContent).toBe(heard > 0)
  return failure
}

/** An emulator that fails in this way at every request. */
export const failing = (
  subject: ContractSubject,
  fault: EmulatedFault,
  timers: Partial<AttemptTimers> = {},
) => emulated(subject, { rules: [{ reply: { text: somePieces, fault } }] }, timers)

export const somePieces = ['The first ', 'second ', 'third ', 'and last.']

export const readInput: ToolSpec = {
  name: 'read_input',
  description: 'Reads an input file.',
  parameters: {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    type: 'object',
    properties: { name: { type: 'string' }, from: { type: 'integer', exclusiveMinimum: -1 } },
    required: ['name'],
    additionalProperties: false,
  },
}
