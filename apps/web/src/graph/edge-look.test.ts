import { StepId } from '@maestro/contracts/ids'
import { expect, test } from 'vitest'
import { edgeLook, isEdgeDimmed } from './edge-look.ts'
import type { GraphEdge } from './to-graph.ts'

const edge = (more: Partial<GraphEdge> = {}): GraphEdge => ({
  id: 'step_a>step_b',
  from: StepId.parse('step_a'),
  to: StepId.parse('step_b'),
  ...more,
})
const waiting = { from: 'running', to: 'not-ready' } as const
const busy = { from: 'done', to: 'running' } as const

test('only an edge into a step at work moves, if something came along it', () => {
  expect(edgeLook(edge(), busy)).toMatchObject({ isMarching: true, ink: 'running' })
  expect(edgeLook(edge(), { from: 'done', to: 'retrying' }).isMarching).toBe(true)
  expect(edgeLook(edge(), { from: 'skipped', to: 'running' }).isMarching).toBe(false)
  expect(edgeLook(edge(), waiting)).toMatchObject({ isMarching: false, ink: 'line-strong' })
})

test('the critical path is twice as wide as another dependency, at work or not', () => {
  expect(edgeLook(edge(), waiting).width).toBe(1.5)
  expect(edgeLook(edge({ isCritical: true }), waiting).width).toBe(3)
  expect(edgeLook(edge({ isCritical: true }), busy).width).toBe(3)
})

test('a condition, a way not taken and a line that was removed are each dashed in a way of their own', () => {
  const dashes = [
    edgeLook(edge({ isConditional: true }), waiting),
    edgeLook(edge({ isConditional: true }), { from: 'done', to: 'skipped' }),
    edgeLook(edge({ change: 'removed' }), waiting),
    edgeLook(edge(), waiting),
  ].map(({ dash }) => dash.join())
  expect(new Set(dashes).size).toBe(4)
  expect(dashes.at(-1)).toBe('')
})

test('what became of a line goes before what is at work behind it', () => {
  expect(edgeLook(edge({ change: 'added' }), busy)).toMatchObject({ ink: 'done', width: 3 })
})

test('an edge that leaves what belongs to the selected step is dimmed with the rest', () => {
  expect(isEdgeDimmed(edge(), null)).toBe(false)
  expect(isEdgeDimmed(edge(), new Set(['step_a', 'step_b']))).toBe(false)
  expect(isEdgeDimmed(edge(), new Set(['step_a', 'step_c']))).toBe(true)
})
