import { expect, test } from 'vitest'
import type { ChatRequest } from '../providers/provider-adapter.ts'
import { fitRequest } from './fit-request.ts'
import { noBounds } from './model-bounds.ts'

const ask = (characters: number, outputTokensMax: number): ChatRequest => ({
  model: 'm',
  purpose: 'step',
  messages: [{ role: 'user', text: 'x'.repeat(characters) }],
  tools: [],
  outputSchema: null,
  outputTokensMax,
})

const outputAskedFor = (request: ChatRequest, bounds: Parameters<typeof fitRequest>[1]) => {
  const fitted = fitRequest(request, bounds)
  return fitted.fits ? fitted.request.outputTokensMax : fitted.reason
}

test('a model of which nothing is known is asked as it was wanted', () => {
  const request = ask(1_000_000, 65_536)
  expect(fitRequest(request, noBounds)).toEqual({ fits: true, request })
})

test('no longer an answer is asked for than the model gives', () => {
  const bounds = { contextTokensMax: null, outputTokensMax: 8_192 }
  expect(outputAskedFor(ask(10, 65_536), bounds)).toBe(8_192)
  expect(outputAskedFor(ask(10, 100), bounds)).toBe(100)
})

test('prompt and answer fit the context together: the answer is made shorter', () => {
  const bounds = { contextTokensMax: 8_000, outputTokensMax: 4_000 }
  expect(outputAskedFor(ask(3_000, 4_000), bounds)).toBe(4_000)
  expect(outputAskedFor(ask(18_000, 4_000), bounds)).toBe(1_994)
  // The estimate is on the high side: there may be room.
  expect(outputAskedFor(ask(30_000, 4_000), bounds)).toBe(256)
})

test('a prompt that the model cannot read is refused, with both numbers', () => {
  const bounds = { contextTokensMax: 8_000, outputTokensMax: null }
  expect(outputAskedFor(ask(60_000, 100), bounds)).toMatch(/20006 tokens; m reads at most 8000/)
})
