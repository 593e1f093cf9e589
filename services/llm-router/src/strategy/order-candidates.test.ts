import { ProviderName } from '@maestro/contracts/llm/chat'
import { StrategyPreference } from '@maestro/contracts/llm/call-strategy'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type CandidateFigures, orderCandidates, type RankedCandidate } from './order-candidates.ts'
import type { ProviderCondition } from './provider-condition.ts'

const unknown: CandidateFigures = {
  isFull: false,
  callsInFlight: 0,
  latencyMs: null,
  priceNanoUsd: null,
  headroom: null,
}
const ready: ProviderCondition = { state: 'ready' }
const cooling: ProviderCondition = { state: 'cooling', untilMs: 1, reason: 'wait' }
const off: ProviderCondition = { state: 'off', untilMs: null, reason: 'no' }

const ranked = (
  provider: ProviderName,
  figures: Partial<CandidateFigures> = {},
  condition: ProviderCondition = ready,
): RankedCandidate => ({
  candidate: { provider, model: 'm', keyId: null, condition },
  figures: { ...unknown, ...figures },
})
const names = (prefer: StrategyPreference, ...candidates: RankedCandidate[]) =>
  orderCandidates(candidates, prefer).map(({ candidate }) => candidate.provider)

test('who can answer now comes first, whatever is preferred', () => {
  for (const prefer of StrategyPreference.options)
    expect(
      names(
        prefer,
        ranked('rehearsal', { latencyMs: 1, priceNanoUsd: 0, headroom: 1 }, off),
        ranked('groq', { latencyMs: 1, priceNanoUsd: 0, headroom: 1 }, cooling),
        ranked('gemini', { latencyMs: 1, priceNanoUsd: 0, headroom: 1, isFull: true }),
        ranked('ollama', { latencyMs: 9_000, priceNanoUsd: 9, headroom: 0, callsInFlight: 3 }),
      ),
    ).toEqual(['ollama', 'gemini', 'groq', 'rehearsal'])
})

test('by order: as given, whatever the figures say', () =>
  expect(
    names('order', ranked('ollama', { latencyMs: 9_000 }), ranked('groq', { latencyMs: 1 })),
  ).toEqual(['ollama', 'groq']))

test('by latency: the fastest, and one that nobody knows is tried by one call', () => {
  const [slow, fast] = [ranked('groq', { latencyMs: 900 }), ranked('gemini', { latencyMs: 300 })]
  expect(names('latency', slow, fast)).toEqual(['gemini', 'groq'])
  expect(names('latency', slow, fast, ranked('ollama'))[0]).toBe('ollama')
  expect(names('latency', slow, fast, ranked('ollama', { callsInFlight: 1 }))[2]).toBe('ollama')
})

test('by price: the cheapest, and last whose price nobody knows', () =>
  expect(
    names(
      'price',
      ranked('rehearsal'),
      ranked('gemini', { priceNanoUsd: 900 }),
      ranked('groq', { priceNanoUsd: 150 }),
      ranked('ollama', { priceNanoUsd: 0 }),
    ),
  ).toEqual(['ollama', 'groq', 'gemini', 'rehearsal']))

test('by headroom: who has clearly more left; a little more is no reason to change', () => {
  expect(
    names('headroom', ranked('groq', { headroom: 0.2 }), ranked('gemini', { headroom: 0.8 })),
  ).toEqual(['gemini', 'groq'])
  expect(
    names('headroom', ranked('groq', { headroom: 0.81 }), ranked('gemini', { headroom: 0.85 })),
  ).toEqual(['groq', 'gemini'])
})

test('whatever is known: nobody is lost, nobody who can answer stands behind one who cannot, equals keep their order', () => {
  const figures = fc.record({
    isFull: fc.boolean(),
    callsInFlight: fc.nat(5),
    latencyMs: fc.option(fc.nat(3)),
    priceNanoUsd: fc.option(fc.nat(3)),
    headroom: fc.option(fc.constantFrom(0, 0.5, 1)),
  })
  const one = fc.record({
    provider: fc.constantFrom(...ProviderName.options),
    figures,
    condition: fc.constantFrom(ready, cooling, off),
  })
  fc.assert(
    fc.property(
      fc.array(one, { maxLength: 8 }),
      fc.constantFrom(...StrategyPreference.options),
      (given, prefer) => {
        const all = given.map(({ provider, ...rest }) =>
          ranked(provider, rest.figures, rest.condition),
        )
        const ordered = orderCandidates(all, prefer)
        expect(new Set(ordered)).toEqual(new Set(all))
        const canAnswer = ordered.map(
          ({ candidate, figures: { isFull } }) => candidate.condition.state === 'ready' && !isFull,
        )
        expect(canAnswer).toEqual([...canAnswer].sort((a, b) => Number(b) - Number(a)))
        if (prefer === 'order') {
          const free = ordered.filter((_, index) => canAnswer[index])
          expect(free).toEqual(all.filter((each) => free.includes(each)))
        }
      },
    ),
  )
})
