import fc from 'fast-check'
import { expect, test } from 'vitest'
import { axisTicks } from './axis-ticks.ts'
import { idleStretches } from './idle-stretches.ts'
import { timeScale } from './time-scale.ts'

const minute = 60_000
const busy = [
  { fromMs: 0, toMs: 10_000 },
  { fromMs: 5_000, toMs: 20_000 },
  { fromMs: 620_000, toMs: 640_000 },
]
const all = { fromMs: 0, toMs: 640_000 }

test('idle is what nothing worked in for long, and nothing else', () => {
  expect(idleStretches(all, busy)).toEqual([{ fromMs: 20_000, toMs: 620_000 }])
  expect(idleStretches({ fromMs: 0, toMs: 40_000 }, [])).toEqual([])
  expect(idleStretches({ fromMs: 0, toMs: 2 * minute }, [])).toEqual([
    { fromMs: 0, toMs: 2 * minute },
  ])
})

test('without folds a length is a duration', () => {
  const { placeOf } = timeScale({ fromMs: 100, toMs: 300 })
  expect([100, 150, 200, 300].map(placeOf)).toEqual([0, 0.25, 0.5, 1])
  expect([0, 1_000].map(placeOf)).toEqual([0, 1])
})

test('a fold is short, and what worked gets the room', () => {
  const scale = timeScale(all, idleStretches(all, busy))
  expect(scale.folds).toHaveLength(1)
  expect(scale.placeOf(620_000) - scale.placeOf(20_000)).toBeCloseTo(0.03)
  expect(scale.placeOf(20_000)).toBeCloseTo(0.97 / 2)
})

test('a moment is found again at its place, folded or not, and none comes before an earlier one', () => {
  const stretch = fc
    .tuple(fc.nat(1_000_000), fc.nat(1_000_000))
    .map(([one, other]) => ({ fromMs: Math.min(one, other), toMs: Math.max(one, other) }))
  fc.assert(
    fc.property(
      stretch,
      fc.array(stretch, { maxLength: 6 }),
      fc.array(fc.nat(1_000_000)),
      (whole, working, moments) => {
        const scale = timeScale(whole, idleStretches(whole, working))
        let last = 0
        for (const at of moments.toSorted((one, other) => one - other)) {
          const place = scale.placeOf(at)
          expect(place).toBeGreaterThanOrEqual(last - 1e-9)
          expect(place).toBeLessThanOrEqual(1 + 1e-9)
          last = place
          const inside = Math.min(Math.max(at, scale.fromMs), scale.toMs)
          expect(Math.abs(scale.atOf(place) - inside)).toBeLessThan(1)
        }
      },
    ),
  )
})

test('a task without any time has a scale', () => {
  expect(timeScale({ fromMs: 5, toMs: 5 }).placeOf(5)).toBe(0)
})

test('ticks are round, few and inside', () => {
  const scale = timeScale({ fromMs: 1_000, toMs: 41_000 })
  expect(axisTicks(scale, 1_000, 6)).toEqual([1_000, 11_000, 21_000, 31_000, 41_000])
  const days = { fromMs: 0, toMs: 30 * 86_400_000 }
  expect(axisTicks(timeScale(days), 0, 6).length).toBeLessThanOrEqual(7)
  const folded = timeScale(all, idleStretches(all, busy))
  expect(axisTicks(folded, 0, 6)).toEqual([0, 10_000, 20_000, 620_000, 630_000, 640_000])
})
