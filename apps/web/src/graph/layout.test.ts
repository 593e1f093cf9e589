import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cardHeight, cardWidth } from './column-places.ts'
import { layoutGraph, type Link } from './layout.ts'

const link = (from: string, to: string) => ({ from, to })
const laidOut = (ids: readonly string[], links: readonly Link[], ...labelled: string[]) =>
  layoutGraph({ ids, links, labelled: new Set(labelled) })

test('a step stands to the right of everything it needs', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(29), fc.nat(29)), { maxLength: 80 }), (pairs) => {
      const ids = Array.from({ length: 30 }, (_, index) => `s${index}`)
      const links = pairs
        .filter(([one, other]) => one !== other)
        .map(([one, other]) => link(`s${Math.min(one, other)}`, `s${Math.max(one, other)}`))
      const { points } = laidOut(ids, links)
      for (const { from, to } of links)
        expect(points.get(to)?.x).toBeGreaterThan(points.get(from)?.x ?? Infinity)
    }),
  )
})

test('no two cards overlap', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(19), fc.nat(19)), { maxLength: 60 }), (pairs) => {
      const ids = Array.from({ length: 20 }, (_, index) => `s${index}`)
      const { points: placed } = laidOut(
        ids,
        pairs.map(([a, b]) => link(`s${a}`, `s${b}`)),
      )
      const points = [...placed.values()]
      expect(points).toHaveLength(20)
      points.forEach((one, index) =>
        points.slice(index + 1).forEach((other) => {
          const apart =
            Math.abs(one.x - other.x) >= cardWidth || Math.abs(one.y - other.y) >= cardHeight
          expect(apart).toBe(true)
        }),
      )
    }),
  )
})

test('a cycle, as a union of plan versions may have, is laid out all the same', () => {
  const { points } = laidOut(['a', 'b', 'c'], [link('a', 'b'), link('b', 'c'), link('c', 'a')])
  expect(new Set([...points.values()].map(({ x }) => x)).size).toBe(3)
})

test('neighbours stand on the same height, so that straight work is a straight line', () => {
  const ids = ['a1', 'a2', 'b2', 'b1']
  const { points } = laidOut(ids, [link('a1', 'b1'), link('a2', 'b2')])
  expect(points.get('a1')?.y).toBe(points.get('b1')?.y)
  expect(points.get('a2')?.y).toBe(points.get('b2')?.y)
})

test('a link that skips a column passes beside the cards there, never under them', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(19), fc.nat(19)), { minLength: 5, maxLength: 40 }),
      (pairs) => {
        const ids = Array.from({ length: 20 }, (_, index) => `s${index}`)
        const links = pairs
          .filter(([one, other]) => one !== other)
          .map(([one, other]) => link(`s${Math.min(one, other)}`, `s${Math.max(one, other)}`))
        const { points, ways } = laidOut(ids, links)
        for (const { x, y } of [...ways.values()].flat())
          for (const card of points.values()) {
            const inside =
              x > card.x && x < card.x + cardWidth && y > card.y && y < card.y + cardHeight
            expect(inside).toBe(false)
          }
      },
    ),
  )
})

test('a thousand cards are placed before anybody notices', () => {
  const ids = Array.from({ length: 1_000 }, (_, index) => `s${index}`)
  const links = Array.from({ length: 1_500 }, (_, index) =>
    link(`s${(index * 7) % 990}`, `s${((index * 7) % 990) + 1 + (index % 9)}`),
  )
  const times = [1, 2, 3].map(() => {
    const began = performance.now()
    laidOut(ids, links)
    return performance.now() - began
  })
  // 6 ms were measured alone. A busy machine does something else for a moment, but hardly each time.
  expect(Math.min(...times)).toBeLessThan(250)
})

test('before a card with a condition there is room to read it, above and below it as well', () => {
  const links = [link('a', 'b'), link('a', 'c')]
  const plain = laidOut(['a', 'b', 'c'], links).points
  const { points } = laidOut(['a', 'b', 'c'], links, 'c')
  expect(points.get('c')?.x).toBeGreaterThan(plain.get('c')?.x ?? Infinity)
  expect(points.get('b')?.x).toBe(points.get('c')?.x)
})
