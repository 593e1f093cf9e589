import { expect, test } from 'vitest'
import { rehearsalEmbedder } from './rehearsal-embedder.ts'

const embed = async (...texts: string[]) => {
  const { signal } = new AbortController()
  return rehearsalEmbedder.embed({ model: 'rehearsal-embed-1', texts }, { signal })
}
const nearness = (a: readonly number[] = [], b: readonly number[] = []) =>
  a.reduce((sum, value, place) => sum + value * (b[place] ?? 0), 0)

test('the same text has the same vector, of length one, and texts that share words are nearer', async () => {
  const { vectors, model } = await embed(
    'The rain in November is cold.',
    'Cold rain falls in November.',
    'Budgets are kept in integers.',
    '🎼',
  )
  const [rain, coldRain, budgets] = vectors
  expect(model).toBe('rehearsal-embed-1')
  expect((await embed('The rain in November is cold.')).vectors[0]).toEqual(rain)
  for (const vector of vectors) expect(nearness(vector, vector)).toBeCloseTo(1)
  expect(nearness(rain, coldRain)).toBeGreaterThan(nearness(rain, budgets) + 0.3)
})
