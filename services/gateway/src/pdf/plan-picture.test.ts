import { expect, test } from 'vitest'
import { planPicture } from './plan-picture.ts'

const step = (id: string, ...needs: string[]) => ({
  id,
  title: id,
  agent: '',
  status: 'done',
  needs,
})

test('every step stands below all that it needs, and no two on one another', () => {
  const steps = [
    step('write', 'check', 'a'),
    step('check', 'a', 'b', 'c', 'd', 'e'),
    ...['a', 'b', 'c', 'd', 'e'].map((id) => step(id, 'start')),
    step('start'),
  ]
  const { boxes, arrows, width, box } = planPicture(steps)
  for (const { from, to } of arrows) expect(to.y).toBeGreaterThan(from.y)
  expect(new Set(boxes.map(({ x, y }) => `${x} ${y}`)).size).toBe(steps.length)
  for (const { x } of boxes) {
    expect(x).toBeGreaterThanOrEqual(0)
    expect(x + box.width).toBeLessThanOrEqual(width + 1e-9)
  }
})

test('a plan longer than a page is drawn in parts that are all of it', () => {
  const steps = Array.from({ length: 30 }, (_, index) =>
    step(`s${index}`, ...(index === 0 ? [] : [`s${index - 1}`])),
  )
  const { slices, height } = planPicture(steps)
  expect(slices.length).toBeGreaterThan(1)
  expect(slices[0]?.top).toBe(0)
  slices.slice(1).forEach(({ top }, index) => {
    const before = slices[index]
    expect(top).toBeCloseTo((before?.top ?? 0) + (before?.height ?? 0))
  })
  const last = slices.at(-1)
  expect((last?.top ?? 0) + (last?.height ?? 0)).toBeCloseTo(height)
})

test('a need that is not drawn, or a circle, stops nothing', () => {
  expect(planPicture([step('a', 'b', 'gone'), step('b', 'a')]).boxes).toHaveLength(2)
})
