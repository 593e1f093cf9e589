import { expect, test } from 'vitest'
import { coveringSight, isInSight, sightOf } from './sight.ts'

const size = { width: 1_200, height: 600 }

test('what a window sees is told in units of the plan', () => {
  expect(sightOf({ x: -100, y: 50, zoom: 0.5 }, size)).toEqual({
    left: 200,
    top: -100,
    right: 2_600,
    bottom: 1_100,
  })
})

test('a hand that goes back and forth changes nothing once it has been to both ends', () => {
  const at = (x: number) => sightOf({ x, y: 0, zoom: 1 }, size)
  let sight = coveringSight(null, at(0))
  for (const x of [200, -200]) sight = coveringSight(sight, at(x))
  for (const x of [0, 200, -200, 100]) expect(coveringSight(sight, at(x))).toBe(sight)
})

test('whatever is seen is covered, and what is far from it is given up', () => {
  let sight = coveringSight(null, sightOf({ x: 0, y: 0, zoom: 1 }, size))
  for (let step = 0; step < 60; step += 1) {
    const seen = sightOf({ x: -step * 90, y: step * 40, zoom: 1 + (step % 7) / 20 }, size)
    sight = coveringSight(sight, seen)
    expect(sight.left).toBeLessThanOrEqual(seen.left)
    expect(sight.top).toBeLessThanOrEqual(seen.top)
    expect(sight.right).toBeGreaterThanOrEqual(seen.right)
    expect(sight.bottom).toBeGreaterThanOrEqual(seen.bottom)
    expect(sight.right - sight.left).toBeLessThan(seen.right - seen.left + 1_100)
  }
})

test('a box that only touches is in sight', () => {
  const sight = { left: 0, top: 0, right: 100, bottom: 100 }
  expect(isInSight({ left: 100, top: 0, right: 320, bottom: 96 }, sight)).toBe(true)
  expect(isInSight({ left: 101, top: 0, right: 320, bottom: 96 }, sight)).toBe(false)
})
