import { expect, test } from 'vitest'
import { putProviderKey } from './key-endpoints.ts'

const fine = { provider: 'groq', name: 'main', userId: null, value: 'gsk_0123456789' }

test('a key of a provider that takes keys is taken', () =>
  expect(putProviderKey.input.safeParse(fine).success).toBe(true))

test.each([
  ['of an unknown provider', { provider: 'openai' }],
  ['of a provider that takes none', { provider: 'ollama' }],
  ['that is empty', { value: '' }],
  ['that is too short', { value: 'short' }],
  ['that is too long', { value: 'k'.repeat(501) }],
  ['with a line break', { value: 'gsk_0123456789\n' }],
  ['with a line break in the middle', { value: 'gsk_0123\n456789' }],
  ['with a space', { value: 'Bearer gsk_0123456789' }],
  ['that is no ASCII', { value: 'gsk_0123456789é' }],
  ['that is no text', { value: 123_456_789 }],
  ['under a name that is none', { name: 'No Name' }],
])('a key %s is refused in words that do not repeat it', (_what, wrong) => {
  const { error } = putProviderKey.input.safeParse({ ...fine, ...wrong })
  expect(error?.issues[0]?.message).toMatch(/key|name/)
  expect(JSON.stringify(error)).not.toContain('0123456789')
})
