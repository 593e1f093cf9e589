import { expect, test } from 'vitest'
import { coversView, placeInView, wideViewOf } from './wide-view.ts'

const seen = { x: -120.5, y: 40, zoom: 0.3, width: 1_221, height: 703 }

test('a wide picture lies around what is seen, by whole pixels', () => {
  const drawn = wideViewOf(seen)
  const { x, y, scale } = placeInView(drawn, seen)
  expect({ x, y, scale }).toEqual({ x: -305, y: -176, scale: 1 })
  expect(drawn.width).toBeGreaterThan(1.49 * seen.width)
  expect(coversView(drawn, seen)).toBe(true)
})

test('what is dragged stays where its picture is, until that would end within the window', () => {
  const drawn = wideViewOf(seen)
  const dragged = { ...seen, x: seen.x + 240, y: seen.y - 120 }
  expect(placeInView(drawn, dragged)).toEqual({ x: -65, y: -296, scale: 1 })
  expect(coversView(drawn, dragged)).toBe(true)
  expect(coversView(drawn, { ...seen, x: seen.x + 306 })).toBe(false)
  expect(coversView(drawn, { ...seen, y: seen.y - 177 })).toBe(false)
})

test('a point of the plan is where it was drawn, however the picture was zoomed meanwhile', () => {
  const drawn = wideViewOf(seen)
  const zoomed = { ...seen, x: -300, y: -90, zoom: 0.36 }
  const { x, y, scale } = placeInView(drawn, zoomed)
  const point = { x: 2_000, y: 700 }
  expect(x + scale * (drawn.x + drawn.zoom * point.x)).toBeCloseTo(zoomed.x + 0.36 * point.x, 6)
  expect(y + scale * (drawn.y + drawn.zoom * point.y)).toBeCloseTo(zoomed.y + 0.36 * point.y, 6)
})

test('enlarged too far, or too small for the window, it is drawn anew', () => {
  const drawn = wideViewOf(seen)
  expect(coversView(drawn, { ...seen, zoom: 0.6 })).toBe(false)
  expect(coversView(drawn, { ...seen, zoom: 0.15 })).toBe(false)
})
