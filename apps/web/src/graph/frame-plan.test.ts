import type { StepId } from '@maestro/contracts/ids'
import type { StepStatus } from '@maestro/contracts/task/task-status'
import { expect, test } from 'vitest'
import { focusOf, framePlan } from './frame-plan.ts'
import { emptyGraph } from './to-graph.ts'
import { cardHeight, cardWidth } from './column-places.ts'
import { layoutGraph } from './layout.ts'

const size = { width: 1_200, height: 500 }
const chain = (count: number) => {
  const ids = Array.from({ length: count }, (_, index) => `s${index}`)
  const links = ids.slice(1).map((to, index) => ({ from: `s${index}`, to }))
  return [...layoutGraph({ ids, links, labelled: new Set() }).points.values()]
}

test('a small plan stands in the middle, never enlarged', () => {
  const { x, y, zoom } = framePlan(chain(2), null, size)
  expect(zoom).toBe(1)
  expect(x).toBeCloseTo((1_200 - 2 * cardWidth - 60) / 2)
  expect(y).toBeCloseTo((500 - cardHeight) / 2)
})

test('a plan that would be too small to read is shown in part, around its focus', () => {
  const points = chain(20)
  const focus = points[10]
  const { x, zoom } = framePlan(points, focus ?? null, size)
  expect(zoom).toBe(0.72)
  const middle = x + ((focus?.x ?? 0) + cardWidth / 2) * zoom
  expect(middle).toBeCloseTo(size.width / 2)
})

test('at its ends a long plan leaves no empty half of the view', () => {
  const points = chain(20)
  expect(framePlan(points, points[0] ?? null, size).x).toBe(28)
  const last = framePlan(points, points[19] ?? null, size)
  expect(last.x + ((points[19]?.x ?? 0) + cardWidth) * last.zoom).toBeCloseTo(size.width - 28)
})

test('what lies over the foot of the picture covers nothing that a long plan ends with', () => {
  const foot = { footPx: 152 }
  const long = Array.from({ length: 40 }, (_, index) => ({ x: 0, y: index * 120 }))
  const last = framePlan(long, long[39] ?? null, size, foot)
  expect(last.y + (39 * 120 + cardHeight) * last.zoom).toBeCloseTo(size.height - 152)
  // What is seen whole has nothing over it.
  const column = Array.from({ length: 4 }, (_, index) => ({ x: 0, y: index * 120 }))
  expect(framePlan(column, null, size, foot)).toEqual(framePlan(column, null, size))
})

test('a plan that does not begin in the corner is framed like one that does', () => {
  const points = chain(3)
  const moved = points.map(({ x, y }) => ({ x: x + 500, y: y + 900 }))
  const plain = framePlan(points, null, size)
  const { x, y, zoom } = framePlan(moved, null, size)
  expect(zoom).toBe(plain.zoom)
  expect(x + 500 * zoom).toBeCloseTo(plain.x)
  expect(y + 900 * zoom).toBeCloseTo(plain.y)
})

test('the focus is on what goes on, not on what the task went on without', () => {
  const points = new Map(['a', 'b', 'c'].map((id, x) => [id, { x, y: 0 }]))
  const focus = (...statuses: StepStatus[]) => {
    const nodes = statuses.map((status, index) => ({
      stepId: ['a', 'b', 'c'][index] as StepId,
      number: index + 1,
      title: '',
      agentName: '',
      status,
    }))
    return focusOf({ ...emptyGraph, nodes }, points, null)?.x
  }
  expect(focus('failed', 'skipped', 'running')).toBe(2)
  expect(focus('failed', 'cancelled', 'cancelled')).toBe(0)
  expect(focus('done', 'skipped', 'not-ready')).toBe(2)
})
