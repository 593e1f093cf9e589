import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addTime, divideTime, noTime, piecesOf, type Span, type SpanKind } from './divide-time.ts'

const kinds: readonly SpanKind[] = ['model', 'tool', 'flight', 'person', 'backoff', 'queue']
const anySpan = fc.record({
  kind: fc.constantFrom(...kinds),
  fromMs: fc.integer({ min: -50, max: 150 }),
  // A clock may run backwards.
  toMs: fc.integer({ min: -50, max: 150 }),
})
const sumOf = (parts: typeof noTime) => Object.values(parts).reduce((sum, ms) => sum + ms, 0)

test('the parts add up to the whole, whatever went on at once', () =>
  fc.assert(
    fc.property(fc.array(anySpan), (spans) => {
      expect(sumOf(divideTime({ fromMs: 0, toMs: 100 }, spans))).toBe(100)
    }),
  ))

test('the pieces of a stretch follow each other without a gap, and no two neighbours are alike', () =>
  fc.assert(
    fc.property(fc.array(anySpan), (spans) => {
      const pieces = piecesOf({ fromMs: 0, toMs: 100 }, spans)
      expect(pieces.map(({ fromMs }) => fromMs)).toEqual([
        0,
        ...pieces.slice(0, -1).map(({ toMs }) => toMs),
      ])
      expect(pieces.at(-1)?.toMs).toBe(100)
      for (const [index, { kind, fromMs, toMs }] of pieces.entries()) {
        expect(toMs).toBeGreaterThan(fromMs)
        expect(kind).not.toBe(pieces[index - 1]?.kind)
      }
    }),
  ))

test('a call without an answer is told as such, and counts as waiting until it has one', () => {
  const spans: Span[] = [{ kind: 'flight', fromMs: 10, toMs: 30 }]
  expect(piecesOf({ fromMs: 0, toMs: 30 }, spans)).toEqual([
    { kind: 'other', fromMs: 0, toMs: 10 },
    { kind: 'flight', fromMs: 10, toMs: 30 },
  ])
  expect(divideTime({ fromMs: 0, toMs: 30 }, spans)).toEqual({
    ...noTime,
    otherMs: 10,
    queueMs: 20,
  })
})

test('the order in which it is told makes no difference', () =>
  fc.assert(
    fc.property(fc.array(anySpan), (spans) => {
      const stretch = { fromMs: 0, toMs: 100 }
      expect(divideTime(stretch, spans.toReversed())).toEqual(divideTime(stretch, spans))
    }),
  ))

test('two stretches after each other are one', () =>
  fc.assert(
    fc.property(fc.array(anySpan), fc.integer({ min: 0, max: 100 }), (spans, middle) => {
      const both = addTime(
        divideTime({ fromMs: 0, toMs: middle }, spans),
        divideTime({ fromMs: middle, toMs: 100 }, spans),
      )
      expect(both).toEqual(divideTime({ fromMs: 0, toMs: 100 }, spans))
    }),
  ))

test('work counts before waiting, and what nothing is known of is other', () => {
  const spans: Span[] = [
    { kind: 'queue', fromMs: 0, toMs: 30 },
    { kind: 'model', fromMs: 10, toMs: 20 },
    { kind: 'person', fromMs: 25, toMs: 60 },
  ]
  expect(divideTime({ fromMs: 0, toMs: 70 }, spans)).toEqual({
    ...noTime,
    queueMs: 15,
    modelMs: 10,
    personMs: 35,
    otherMs: 10,
  })
})
