import { stepIdOf } from '@maestro/contracts/ids'
import type { PlanAgent } from '@maestro/contracts/task/plan-agent'
import type { PlanStep } from '@maestro/contracts/task/plan-step'
import { expect, test } from 'vitest'
import { diffGraph } from '../../graph/diff-graph.ts'
import { changesByStep } from './changes-by-step.ts'

const text = (words: string) => ({ sha256: words, preview: words })
const agent = (name: string, change: object = {}) =>
  ({
    agentId: `agt_1_${name}`,
    name,
    prompt: text('work'),
    description: text('works'),
    tools: [],
    suggestions: [],
    ...change,
  }) as unknown as PlanAgent
const step = (name: string, needs: readonly string[] = [], change: object = {}) =>
  ({
    stepId: stepIdOf(name),
    title: name,
    agentId: 'agt_1_ann',
    needs: needs.map(stepIdOf),
    ...change,
  }) as unknown as PlanStep

const before = { agents: [agent('ann'), agent('bob')], steps: [step('a'), step('b', ['a'])] }

test('the same plan has no changes', () => {
  expect(changesByStep(before, before)).toEqual([])
  expect(diffGraph(before, before).nodes.every(({ change }) => change === undefined)).toBe(true)
})

const after = {
  agents: [agent('ann', { prompt: text('work well'), suggestions: [text('check it')] })],
  steps: [step('a'), step('c', ['a']), step('d', ['c'], { agentId: 'agt_1_cid' })],
}

test('what changed of an agent stands with its first step, and the next one says where', () => {
  const [first, second] = changesByStep(before, after)
  expect(first).toMatchObject({ name: 'a', kind: 'changed', fields: [] })
  expect(first?.agent?.fields.map(({ name }) => name)).toEqual(['P Prompt', 'S Suggestion 1'])
  expect(second).toMatchObject({ name: 'c', kind: 'added', agent: { fields: [], toldAt: 'a' } })
})

test('each step and each agent that changed is told once', () => {
  expect(changesByStep(before, after).map(({ kind, name }) => [kind, name])).toEqual([
    ['changed', 'a'],
    ['added', 'c'],
    ['added', 'd'],
    ['removed', 'b'],
    ['removed', 'Agent bob'],
  ])
})

test('needs and agents are told by their names', () => {
  const rewired = {
    ...before,
    steps: [step('a'), step('b', [], { agentId: 'agt_1_bob' })],
  }
  const [change] = changesByStep(before, rewired)
  expect(change?.fields).toEqual([
    { name: 'agent', before: 'ann', after: 'bob' },
    { name: 'needs', before: ['a'], after: [] },
  ])
})

test('the picture has what was removed beside what was added, lines as well', () => {
  const { nodes, edges } = diffGraph(before, after)
  expect(nodes.map(({ title, change }) => [title, change])).toEqual([
    ['a', 'changed'],
    ['c', 'added'],
    ['d', 'added'],
    ['b', 'removed'],
  ])
  expect(edges.map(({ id, change }) => [id, change])).toEqual([
    ['step_a>step_c', 'added'],
    ['step_c>step_d', 'added'],
    ['step_a>step_b', 'removed'],
  ])
})
