import { StepId } from '@maestro/contracts/ids'
import { expect, test } from 'vitest'
import { isOff } from './is-off.ts'
import { nodeAt } from './node-at.ts'
import { statusGlyphs } from './status-glyphs.ts'
import type { GraphNode } from './to-graph.ts'
import { stepStatusLook } from '../ui/status-look.ts'

const node = (name: string): GraphNode => ({
  stepId: StepId.parse(name),
  number: 1,
  title: name,
  agentName: '',
  status: 'done',
})
const nodes = [node('step_a'), node('step_b')]
const points = new Map([
  ['step_a', { x: 0, y: 0 }],
  ['step_b', { x: 280, y: 0 }],
])

test('a point belongs to the card that it lies on, and to none between them', () => {
  const at = (x: number, y: number) => nodeAt(nodes, points, { x, y })?.stepId ?? null
  expect([at(0, 0), at(219, 95), at(300, 50)]).toEqual(['step_a', 'step_a', 'step_b'])
  expect([at(250, 50), at(100, 97), at(-1, 0)]).toEqual([null, null, null])
})

test('a card that has no place is hit by nothing', () => {
  expect(nodeAt(nodes, new Map(), { x: 0, y: 0 })).toBeNull()
})

test('no two statuses look alike from afar', () => {
  expect(new Set(Object.values(statusGlyphs)).size).toBe(Object.keys(stepStatusLook).length)
})

test('what leads to or from a step that is left out is no way of the work', () => {
  expect([isOff('skipped'), isOff('cancelled'), isOff('done'), isOff(undefined)]).toEqual([
    true,
    true,
    false,
    false,
  ])
})
