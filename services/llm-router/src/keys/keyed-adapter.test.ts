import { expect, test } from 'vitest'
import { ProviderFailure } from '../providers/provider-failure.ts'
import { keyedAdapter, withoutKey } from './keyed-adapter.ts'
import { scriptedAdapter } from '../testing/scripted-adapter.ts'

const key = 'private-0123456789-abcdefghij'
const said = (message: string) => {
  const failure = withoutKey(new ProviderFailure('auth', message), key)
  return failure instanceof ProviderFailure ? failure.message : ''
}

test('a failure that quotes the key is told without it, also where the quote was cut off', () => {
  expect(said(`Incorrect API key provided: ${key}.`)).toBe('Incorrect API key provided: [key]')
  expect(said(`No: ${key} ${key}`)).toBe('No: [key] [key]')
  expect(said(`It was ${key.slice(0, 20)}…`)).not.toContain(key.slice(0, 12))
  expect(said('No such key.')).toBe('No such key.')
})

test('what an adapter throws is masked', async () => {
  const failing = scriptedAdapter('groq', 'm', () =>
    Promise.reject(new ProviderFailure('auth', `no: ${key}`, { cause: new Error(key) })),
  )
  let uses = 0
  const adapter = keyedAdapter(failing, key, () => (uses += 1))
  const request = {
    model: 'm',
    purpose: 'step',
    messages: [],
    tools: [],
    outputSchema: null,
    outputTokensMax: 1,
  } as const
  const signal = new AbortController().signal
  const error = await adapter.chat(request, { signal }).catch((failure: unknown) => failure)
  expect(error).toMatchObject({ failureClass: 'auth', message: 'no: [key]' })
  expect(error instanceof Error && error.cause).toBeUndefined()
  expect(uses).toBe(1)
})
