import { KeyId } from '@maestro/contracts/llm/key-id'
import { expect, test } from 'vitest'
import { listCandidates, type ProviderEntry } from './list-candidates.ts'
import type { ProviderCondition } from './provider-condition.ts'

const entry = (provider: ProviderEntry['provider'], isConfigured = true): ProviderEntry => ({
  provider,
  isConfigured,
  model: isConfigured ? `${provider}-default` : '',
  reason: isConfigured ? '' : 'Set a key.',
  keyIds: [],
})
const usual: ProviderEntry['provider'][] = ['groq', 'gemini', 'ollama']
const list = (
  entries: readonly ProviderEntry[],
  wanted: ProviderEntry['provider'][],
  model: string | null = null,
) => listCandidates({ wanted, usual, model, entries, conditionOf: () => ({ state: 'ready' }) })
const names = (candidates: ReturnType<typeof list>) =>
  candidates.map(({ provider, model }) => `${provider} ${model}`)

const all = [entry('groq'), entry('gemini', false), entry('ollama'), entry('rehearsal')]

test('without a wish: what is configured, in the order that ships, and no rehearsal beside it', () =>
  expect(names(list(all, []))).toEqual(['groq groq-default', 'ollama ollama-default']))

test('rehearsal steps in where nothing is configured', () =>
  expect(names(list([entry('groq', false), entry('rehearsal')], []))).toEqual([
    'rehearsal rehearsal-default',
  ]))

test('somebody is configured, but nobody that the system asks: that is said, and not rehearsed', () =>
  expect(
    listCandidates({
      wanted: [],
      usual: ['gemini'],
      model: null,
      entries: all,
      conditionOf: () => ({ state: 'ready' }),
    }),
  ).toMatchObject([{ provider: 'gemini', condition: { state: 'off' } }]))

test('each provider is asked for the model that is named for it', () =>
  expect(
    names(
      listCandidates({
        wanted: ['groq', 'ollama'],
        usual,
        models: { groq: 'one', ollama: 'two' },
        model: 'by-name',
        entries: all,
        conditionOf: () => ({ state: 'ready' }),
      }),
    ),
  ).toEqual(['groq by-name', 'ollama two']))

test('rehearsal is used where it is asked for', () =>
  expect(names(list(all, ['rehearsal', 'groq']))).toEqual([
    'rehearsal rehearsal-default',
    'groq groq-default',
  ]))

test('a provider that is asked for and not there stays in the list, with the reason', () =>
  expect(list(all, ['gemini', 'gemini'])).toMatchObject([
    {
      provider: 'gemini',
      condition: { state: 'off', reason: 'gemini is not configured. Set a key.' },
    },
  ]))

test('a model by name is meant for the first provider of the list', () =>
  expect(names(list(all, ['groq', 'ollama'], 'openai/gpt-oss-20b'))).toEqual([
    'groq openai/gpt-oss-20b',
    'ollama ollama-default',
  ]))

test('the first key that is ready is taken, else the one that is ready soonest', () => {
  const keyIds = ['key_a', 'key_b', 'key_c'].map((id) => KeyId.parse(id))
  const chosen = (conditions: Record<string, ProviderCondition>) =>
    listCandidates({
      wanted: [],
      usual,
      model: null,
      entries: [{ ...entry('groq'), keyIds }],
      conditionOf: ({ keyId }) => conditions[keyId ?? ''] ?? { state: 'ready' },
    })[0]?.keyId
  const off: ProviderCondition = { state: 'off', untilMs: null, reason: 'refused' }
  const cooling = (untilMs: number): ProviderCondition => ({
    state: 'cooling',
    untilMs,
    reason: 'wait',
  })
  expect(chosen({})).toBe('key_a')
  expect(chosen({ key_a: cooling(9) })).toBe('key_b')
  expect(chosen({ key_a: off, key_b: cooling(9), key_c: cooling(5) })).toBe('key_c')
  expect(chosen({ key_a: off, key_b: off, key_c: off })).toBe('key_a')
})
