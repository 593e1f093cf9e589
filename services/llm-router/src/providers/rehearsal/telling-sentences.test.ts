import { expect, test } from 'vitest'
import { tellingSentences } from './telling-sentences.ts'

const text = `# Harbour report

The harbour handled more containers than ever before this year.
It rained on a Tuesday in March, which nobody remembers.

- Container traffic in the harbour grew because the new crane works at night.
- Lunch was good and cheap for everyone.

| a | table |
| - | - |

\`\`\`
const harbour = containers.map((container) => container.harbour)
\`\`\`

Without the crane, the harbour would have sent containers away.`

test('quotes, word for word and in order, the sentences that share most words with the text', () => {
  expect(tellingSentences(text, 3)).toEqual([
    'The harbour handled more containers than ever before this year.',
    'Container traffic in the harbour grew because the new crane works at night.',
    'Without the crane, the harbour would have sent containers away.',
  ])
})

test('takes no table, code or heading for a sentence', () => {
  for (const sentence of tellingSentences(text, 99)) {
    expect(sentence).not.toMatch(/[|#`]|const/)
  }
})

test('quotes short sentences where there are no longer ones', () => {
  expect(
    tellingSentences('Alpha beta gamma. The sky is blue today.\n\nfour more words here', 3),
  ).toEqual(['Alpha beta gamma.', 'The sky is blue today.'])
})

test('has nothing to quote where there is no prose', () => {
  expect(tellingSentences('', 3)).toEqual([])
  expect(tellingSentences('{}{}{}\n1,2,3\nshort', 3)).toEqual([])
})

test('stays quick on a text without any sentence end', { timeout: 60_000 }, () => {
  const startedAt = performance.now()
  tellingSentences('word '.repeat(200_000), 5)
  tellingSentences('a.b,c;'.repeat(200_000), 5)
  expect(performance.now() - startedAt).toBeLessThan(10_000)
})
