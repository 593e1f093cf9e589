import { stepIdOf } from '@maestro/contracts/ids'
import type { StepStatus } from '@maestro/contracts/task/task-status'
import type { BornTask, Step } from '@maestro/task-model/task'
import { expect, test } from 'vitest'
import { conditionLabels } from './condition-labels.ts'
import { describeGraph } from './describe-graph.ts'
import { graphHash } from './graph-hash.ts'
import { layoutGraph } from './layout.ts'
import { lineageOf, neighbourOf } from './neighbours.ts'
import { createSteadyGraph } from './steady-graph.ts'
import { stepPreview, tailOf } from './step-preview.ts'
import { toGraph } from './to-graph.ts'
import { withCriticalPath } from './with-critical-path.ts'

const step = (name: string, needs: readonly string[], change: Partial<Step> = {}): Step =>
  ({
    stepId: stepIdOf(name),
    title: name,
    agentId: 'agt_1_worker',
    needs: needs.map(stepIdOf),
    status: 'not-ready',
    phase: null,
    turns: [],
    attempt: 0,
    queuedAt: null,
    startedAt: null,
    finishedAt: null,
    output: null,
    failure: null,
    ...change,
  }) as unknown as Step

const taskOf = (steps: readonly Step[], change: Partial<BornTask> = {}): BornTask =>
  ({
    status: 'running',
    stage: 'execution',
    order: steps.map(({ stepId }) => stepId),
    steps: Object.fromEntries(steps.map((one) => [one.stepId, one])),
    agents: { agt_1_worker: { agentId: 'agt_1_worker', name: 'worker' } },
    approvals: {},
    versions: [],
    ...change,
  }) as unknown as BornTask

const diamond = [step('a', []), step('b', ['a']), step('c', ['a']), step('d', ['b', 'c'])]

test('the graph has a card per step and an edge per need', () => {
  const graph = toGraph(taskOf(diamond))
  expect(graph.nodes.map(({ number, title, agentName }) => [number, title, agentName])).toEqual([
    [1, 'a', 'worker'],
    [2, 'b', 'worker'],
    [3, 'c', 'worker'],
    [4, 'd', 'worker'],
  ])
  expect(graph.edges.map(({ id }) => id)).toEqual([
    'step_a>step_b',
    'step_a>step_c',
    'step_b>step_d',
    'step_c>step_d',
  ])
  expect(graph.proposedVersion).toBeNull()
})

test('while drafting the newest whole proposal is shown, marked as one', () => {
  const version = (number: number, steps: readonly Step[], complete: boolean) => ({
    version: number,
    steps,
    agents: [],
    complete,
  })
  const versions = [
    version(1, [step('a', [])], true),
    version(2, diamond, true),
    version(3, [], false),
  ]
  const graph = toGraph(taskOf([], { versions } as unknown as Partial<BornTask>))
  expect(graph.proposedVersion).toBe(2)
  expect(graph.nodes).toHaveLength(4)
})

test('the hash changes with any status and comes back with it', () => {
  const hashOf = (status: StepStatus) =>
    graphHash(toGraph(taskOf([...diamond.slice(0, 3), step('d', [], { status })])))
  expect(hashOf('running')).not.toBe(hashOf('done'))
  expect(hashOf('done')).toBe(hashOf('done'))
})

test('arrows follow edges and go up and down within a column', () => {
  const { nodes, edges } = toGraph(taskOf(diamond))
  const { points } = layoutGraph({
    ids: nodes.map(({ stepId }) => stepId),
    links: edges,
    labelled: new Set(),
  })
  expect(neighbourOf('step_a', 'right', edges, points)).toBe('step_b')
  expect(neighbourOf('step_b', 'down', edges, points)).toBe('step_c')
  expect(neighbourOf('step_d', 'left', edges, points)).toBe('step_b')
  expect(neighbourOf('step_a', 'left', edges, points)).toBeNull()
})

test('a selected step keeps what is before and after it, and dims what is beside it', () => {
  const { edges } = toGraph(taskOf(diamond))
  expect([...lineageOf('step_b', edges)].toSorted()).toEqual(['step_a', 'step_b', 'step_d'])
})

test('a waiting card says by number what it waits for', () => {
  const task = taskOf(diamond)
  expect(stepPreview(diamond[3] as Step, task, '')).toBe('waits for 2 and 3')
})

test('a card that waits for a free place says how many are before it, in the order of the plan', () => {
  const queued = (name: string, change: Partial<Step> = {}) =>
    step(name, [], { status: 'queued', ...change })
  const steps = [queued('a'), queued('b', { condition: 'asked' }), queued('c'), step('d', [])]
  expect(stepPreview(steps[2] as Step, taskOf(steps), '')).toBe('queue position 2')
  expect(stepPreview(steps[1] as Step, taskOf(steps), '')).toBe('looks at its condition')
})

test('an edge knows what has passed along it, and whether the step behind it hangs on that', () => {
  const output = { bytes: 1_200 } as Step['output']
  const steps = [
    step('check', [], { status: 'done', output }),
    step('aside', []),
    step('repair', ['check', 'aside'], { when: '!outputs.check.ok' }),
    step('any', ['check', 'aside'], { when: 'size(outputs) > 1' }),
  ]
  const { edges } = toGraph(taskOf(steps))
  const told = (id: string) => {
    const edge = edges.find((one) => one.id === id)
    return [edge?.isConditional ?? false, edge?.bytes ?? null]
  }
  expect(told('step_check>step_repair')).toEqual([true, 1_200])
  expect(told('step_aside>step_repair')).toEqual([false, null])
  expect(told('step_aside>step_any')).toEqual([true, null])
})

test('the condition of a step is read once, at the first edge that it hangs on', () => {
  const steps = [
    step('a', []),
    step('b', []),
    step('c', ['a', 'b'], { when: 'outputs.b.ok && outputs.a.ok' }),
  ]
  const { nodes, edges } = toGraph(taskOf(steps))
  expect([...conditionLabels(nodes, edges)]).toEqual([['step_a>step_c', 'if b.ok and a.ok']])
})

test('what is selected is said with its attempt, its place between others, and what its edges show', () => {
  const output = { bytes: 2_048 } as Step['output']
  const steps = [
    step('a', [], { status: 'done', output, finishedAt: '2026-01-01T00:00:05.000Z' }),
    step('b', ['a'], { status: 'retrying', attempt: 2, when: 'outputs.a.ok' }),
    step('c', ['b']),
  ]
  const task = taskOf(steps)
  expect(describeGraph(withCriticalPath(toGraph(task), task), 'step_b')).toBe(
    'Step 2 of 3, b, retrying, attempt 2, 1 before, 1 after. Runs only if outputs.a.ok. On the critical path. Gets 2.0 KiB.',
  )
})

test('a running card shows the end of what streams in, else what it is busy with', () => {
  const running = step('a', [], { status: 'running', phase: 'calling', turns: [] })
  expect(stepPreview(running, taskOf([running]), '')).toBe('thinks')
  const tail = stepPreview(running, taskOf([running]), `${'word '.repeat(200)}the end`)
  expect(tail.startsWith('…')).toBe(true)
  expect(tail.endsWith('the end')).toBe(true)
  expect(tail.length).toBeLessThanOrEqual(98)
})

test('a short text is shown whole', () => {
  expect(tailOf('A line.\nAnd another.')).toBe('A line. And another.')
})

test('a finished card shows the words of its output without the signs of Markdown', () => {
  const preview = '### Charges | Unit | 2025 | | --- | ---: | | **Energy** | 8.40 |'
  const done = step('a', [], { status: 'done', output: { preview } as Step['output'] })
  expect(stepPreview(done, taskOf([done]), '')).toBe('Charges Unit 2025 Energy 8.40')
})

test('moment after moment the graph is the one of the state, and what stayed as it was is the same object', () => {
  const read = createSteadyGraph()
  const first = taskOf(diamond)
  const graph = read(first)
  const withStep = (name: string, change: Partial<Step>, task = first) => ({
    ...task,
    steps: { ...task.steps, [stepIdOf(name)]: { ...task.steps[stepIdOf(name)], ...change } },
  })
  // A call of a step is in no picture.
  const called = withStep('b', { turns: [], inputTokens: 7 })
  expect(read(called)).toBe(graph)
  const running = withStep('b', { status: 'running', attempt: 1 })
  const next = read(running)
  expect(next).toEqual(toGraph(running))
  expect(next).not.toBe(graph)
  expect(next.edges).toBe(graph.edges)
  expect(next.nodes.map((node, index) => node === graph.nodes[index])).toEqual([
    true,
    false,
    true,
    true,
  ])
  const given = withStep('b', {
    status: 'done',
    output: { bytes: 12 },
  } as Partial<Step>)
  expect(read(given)).toEqual(toGraph(given))
  // Reset by a rerun it gives nothing any more.
  const reset = withStep('b', { status: 'not-ready', attempt: 0, output: null })
  expect(read(reset)).toEqual(toGraph(reset))
  // Back in the past, and in another plan.
  expect(read(first)).toEqual(toGraph(first))
  const smaller = taskOf(diamond.slice(0, 3))
  expect(read(smaller)).toEqual(toGraph(smaller))
})

test('a graph that is marked anew is read anew', () => {
  const read = createSteadyGraph()
  const task = taskOf(diamond)
  expect(read(task).nodes.some(({ isCritical }) => isCritical)).toBe(false)
  const marked = read(task, withCriticalPath)
  expect(marked).toEqual(withCriticalPath(toGraph(task), task))
  expect(read(task, withCriticalPath)).toBe(marked)
})
