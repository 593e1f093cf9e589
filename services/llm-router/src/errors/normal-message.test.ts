import { expect, test } from 'vitest'
import { normalMessage } from './normal-message.ts'

test.each([
  [
    'Rate limit reached for model `openai/gpt-oss-120b` in organization `org_01h` on tokens per minute (TPM): Limit 6000, Used 5800. Please try again in 5.289s.',
    'Rate limit reached for model `openai/gpt-oss-20b` in organization `org_99z` on tokens per minute (TPM): Limit 9000, Used 12. Please try again in 700ms.',
  ],
  [
    'groq (500): failed request req_01jabcdef0 at https://api.groq.com/x?y=1',
    'groq (500): failed request req_7zzzzzzzz9 at https://other/z',
  ],
  ['trace 3f2504e0-4f89-11d3-9a0c-0305e82c3301', 'trace 9d2504e0-0000-11d3-9a0c-0305e82c33ff'],
])('two tellings of the same failure are one: %s', (one, other) =>
  expect(normalMessage(one)).toBe(normalMessage(other)),
)

test('different failures stay different', () =>
  expect(normalMessage('The connection to groq failed (ECONNRESET).')).not.toBe(
    normalMessage('The connection to groq failed (ECONNREFUSED).'),
  ))

test('a message without an end does not make a pattern without one', () =>
  expect(normalMessage('x '.repeat(5_000)).length).toBeLessThanOrEqual(240))
