import { expect, test } from 'vitest'
import { cardHeight, cardWidth } from './column-places.ts'
import { miniScale } from './mini-scale.ts'

test('the whole plan is in the corner, in its middle, wherever it stands', () => {
  const size = { width: 180, height: 120 }
  const points = [
    { x: 400, y: 1_000 },
    { x: 2_000, y: 1_300 },
  ]
  const { scale, left, top } = miniScale(points, size)
  expect(400 * scale + left).toBeCloseTo(6)
  expect((2_000 + cardWidth) * scale + left).toBeCloseTo(174)
  expect(((1_000 + 1_300 + cardHeight) / 2) * scale + top).toBeCloseTo(60)
})
