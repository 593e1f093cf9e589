import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cardHeight, cardWidth } from './column-places.ts'
import { keepPlaces } from './keep-places.ts'
import { type Layout, layoutGraph, type Link } from './layout.ts'
import { placeStrays } from './place-strays.ts'

const laidOut = (ids: readonly string[], links: readonly Link[]): Layout =>
  layoutGraph({ ids, links, labelled: new Set() })

const overlaps = ({ points }: Layout): number => {
  const all = [...points.values()]
  return all.flatMap((one, index) =>
    all
      .slice(index + 1)
      .filter(
        (other) => Math.abs(one.x - other.x) < cardWidth && Math.abs(one.y - other.y) < cardHeight,
      ),
  ).length
}

/** A plan that another one grows out of: its first steps are those of the smaller one. */
const anyGrowth = fc
  .record({
    count: fc.integer({ min: 2, max: 24 }),
    kept: fc.integer({ min: 1, max: 24 }),
    pairs: fc.array(fc.tuple(fc.nat(23), fc.nat(23)), { maxLength: 40 }),
  })
  .map(({ count, kept, pairs }) => {
    const ids = Array.from({ length: count }, (_, index) => `s${index}`)
    const links = pairs
      .map(([one, other]) => ({ from: Math.min(one, other), to: Math.max(one, other) }))
      .filter(({ from, to }) => from < to && to < count)
      .map(({ from, to }) => ({ from: `s${from}`, to: `s${to}` }))
    const small = ids.slice(0, Math.min(kept, count))
    return { ids, links, small, smallLinks: links.filter(({ to }) => small.includes(to)) }
  })

test('a plan that grew after somebody moved the picture leaves every card where it was', () => {
  fc.assert(
    fc.property(anyGrowth, ({ ids, links, small, smallLinks }) => {
      const kept = laidOut(small, smallLinks)
      const grown = keepPlaces(kept, laidOut(ids, links))
      for (const id of small) expect(grown.points.get(id)).toEqual(kept.points.get(id))
      expect(grown.points.size).toBe(ids.length)
      expect(overlaps(grown)).toBe(0)
    }),
  )
})

test('cards of the past that the plan does not have any more find a place and move none', () => {
  fc.assert(
    fc.property(anyGrowth, ({ ids, links, small, smallLinks }) => {
      const layout = laidOut(small, smallLinks)
      const whole = placeStrays(layout, ids, links)
      for (const id of small) expect(whole.points.get(id)).toEqual(layout.points.get(id))
      expect(whole.points.size).toBe(ids.length)
      expect(overlaps(whole)).toBe(0)
    }),
  )
})

test('one that is found later moves none that was found before', () => {
  const layout = laidOut(['a'], [])
  const links = [
    { from: 'a', to: 'x' },
    { from: 'a', to: 'y' },
  ]
  const first = placeStrays(layout, ['a', 'x'], links)
  const then = placeStrays(first, ['a', 'x', 'y'], links)
  expect(then.points.get('x')).toEqual(first.points.get('x'))
  expect(overlaps(then)).toBe(0)
})
