import { stepIdOf } from '@maestro/contracts/ids'
import type { BornTask, Step } from '@maestro/task-model/task'
import { expect, test } from 'vitest'
import { toGraph } from '../to-graph.ts'
import { foldGraph } from './fold-graph.ts'
import { readSections, writeSections } from './open-sections.ts'
import { sectionsOf } from './sections-of.ts'

const step = (name: string, needs: readonly string[], change: Partial<Step> = {}): Step =>
  ({
    stepId: stepIdOf(name),
    title: name,
    agentId: 'agt_1_worker',
    needs: needs.map(stepIdOf),
    status: 'not-ready',
    attempt: 0,
    output: null,
    ...change,
  }) as unknown as Step
const part = (name: string, parent: string, number: number) =>
  step(name, [], { partOf: { parentId: stepIdOf(parent), number } })

const steps = [
  step('a', [], { status: 'done' }),
  step('b1', ['a'], { status: 'done' }),
  step('b2', ['a'], { status: 'failed' }),
  step('c', ['b1', 'b2'], {
    expansion: { phase: 'steps', stepIds: [stepIdOf('c_i1'), stepIdOf('c_i2')] },
  }),
  part('c_i1', 'c', 1),
  part('c_i2', 'c', 2),
  step('d', ['c']),
]
const task = {
  status: 'running',
  stage: 'execution',
  order: steps.map(({ stepId }) => stepId),
  steps: Object.fromEntries(steps.map((one) => [one.stepId, one])),
  agents: {},
  versions: [],
} as unknown as BornTask
const graph = toGraph(task)
const sections = sectionsOf(graph, task)

test('a step with what it became is a section, and so is each stage of more than one step', () => {
  expect(sections.map(({ key, stepIds }) => [key, stepIds.length])).toEqual([
    ['stage-2', 2],
    ['of-step_c', 3],
  ])
})

test('a closed section is one card that counts its steps by status and shows what matters most', () => {
  const { nodes, edges } = foldGraph(graph, sections)
  expect(nodes.map(({ title, status, section }) => [title, status, section?.counts])).toEqual([
    ['a', 'done', undefined],
    ['Stage 2', 'failed', { done: 1, failed: 1 }],
    ['c', 'not-ready', { 'not-ready': 3 }],
    ['d', 'not-ready', undefined],
  ])
  expect(edges.map(({ id }) => id)).toEqual(['step_a>step_b1', 'step_b1>step_c', 'step_c>step_d'])
})

test('no step is lost: each is a card, or in one section', () => {
  const { nodes } = foldGraph(graph, sections)
  const shown = nodes.flatMap(({ stepId, section }) => section?.stepIds ?? [stepId])
  expect(shown.toSorted()).toEqual(graph.nodes.map(({ stepId }) => stepId).toSorted())
})

test('which sections are open stands in the address, and comes back from it', () => {
  const open = new Set(['stage-2', 'of-step_c'])
  expect(readSections(writeSections(open))).toEqual(open)
  expect(readSections(writeSections(new Set()))).toEqual(new Set())
  expect(readSections(undefined)).toBeNull()
  expect(readSections('something,else')).toBeNull()
})
