import fc from 'fast-check'
import { expect, test } from 'vitest'
import { criticalPathOf, type Leg } from './critical-path.ts'

const leg = (id: string, fromMs: number, toMs: number, ...needs: string[]): Leg => ({
  id,
  needs,
  fromMs,
  toMs,
})

test('the end waited for the slowest of what it needed; the others had time', () => {
  const { path, slackMs } = criticalPathOf([
    leg('a', 0, 10),
    leg('fast', 10, 15, 'a'),
    leg('slow', 10, 40, 'a'),
    leg('end', 40, 50, 'fast', 'slow'),
    leg('aside', 10, 20, 'a'),
  ])
  expect(path).toEqual(['a', 'slow', 'end'])
  expect(Object.fromEntries(slackMs)).toEqual({ a: 0, slow: 0, end: 0, fast: 25, aside: 30 })
})

test('nothing that ran has no path', () => {
  expect(criticalPathOf([]).path).toEqual([])
})

test('a circle and a need that is nowhere end the search, and do not hang it', () => {
  expect(criticalPathOf([leg('a', 0, 5, 'b'), leg('b', 0, 4, 'a', 'gone')]).path).toEqual([
    'b',
    'a',
  ])
})

/** Steps whose needs stand before them and have ended when they begin. */
const anyRun = fc
  .array(
    fc.record({
      needs: fc.array(fc.nat(20)),
      waits: fc.nat(20),
      takes: fc.integer({ min: 1, max: 50 }),
    }),
    { minLength: 1, maxLength: 15 },
  )
  .map((drawn) => {
    const legs: Leg[] = []
    for (const { needs, waits, takes } of drawn) {
      const known = [...new Set(needs.flatMap((place) => legs[place] ?? []))]
      const fromMs = Math.max(0, ...known.map(({ toMs }) => toMs)) + waits
      legs.push(leg(`s${legs.length}`, fromMs, fromMs + takes, ...known.map(({ id }) => id)))
    }
    return legs
  })

test('the path ends with the end, each of it needs the one before, and no slack is below nothing', () =>
  fc.assert(
    fc.property(anyRun, (legs) => {
      const { path, slackMs } = criticalPathOf(legs)
      const byId = new Map(legs.map((one) => [one.id, one]))
      const endMs = Math.max(...legs.map(({ toMs }) => toMs))
      expect(byId.get(path.at(-1) ?? '')?.toMs).toBe(endMs)
      for (const [index, id] of path.entries()) {
        if (index > 0) expect(byId.get(id)?.needs).toContain(path[index - 1])
      }
      for (const one of legs) {
        const slack = slackMs.get(one.id) ?? -1
        expect(slack).toBeGreaterThanOrEqual(0)
        expect(slack).toBeLessThanOrEqual(endMs - one.toMs)
      }
    }),
  ))
