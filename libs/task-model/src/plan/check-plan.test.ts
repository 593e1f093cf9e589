import { PlanDraft } from '@maestro/contracts/task/plan-draft'
import type { StepModeDraft } from '@maestro/contracts/task/step-mode'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkPlan, resultOf } from './check-plan.ts'

const world = { toolNames: ['read_input', 'run_javascript'], inputNames: ['rain.csv'] }

type Step = {
  name: string
  needs?: string[]
  agent?: string
  inputs?: string[]
  from?: 'tool'
  mode?: StepModeDraft
}

const draft = (
  steps: readonly Step[],
  { tools = [] as string[], agents = ['worker'], result = null as string | null } = {},
): PlanDraft =>
  PlanDraft.parse({
    agents: agents.map((name) => ({ name, prompt: 'work', description: 'works', tools })),
    steps: steps.map(({ name, needs, agent, inputs, from, mode }) => ({
      mode,
      name,
      title: name,
      agent: agent ?? 'worker',
      instruction: 'do',
      needs,
      inputs,
      promise: { description: 'a text', from: from ?? 'answer' },
    })),
    result,
  })
const problems = (...given: Parameters<typeof draft>) => checkPlan(draft(...given), world)

test('a plan whose parts fit together has no problems', () =>
  expect(
    problems(
      [
        { name: 'read', inputs: ['rain.csv'], from: 'tool' },
        { name: 'count', needs: ['read'] },
        { name: 'judge', needs: ['read'] },
        { name: 'write', needs: ['count', 'judge'] },
      ],
      { tools: ['read_input'] },
    ),
  ).toEqual([]))

test('names exactly the steps that need each other in a circle, not those behind or before them', () => {
  expect(
    problems([
      { name: 'before' },
      { name: 'a', needs: ['before', 'c'] },
      { name: 'b', needs: ['a'] },
      { name: 'c', needs: ['b'] },
      { name: 'behind', needs: ['c'] },
    ]),
  ).toEqual(['steps: "a", "b", "c" need each other in a circle'])
  expect(problems([{ name: 'a', needs: ['a'] }, { name: 'b' }], { result: 'b' })).toEqual([
    'steps: "a" need each other in a circle',
  ])
})

test('names agents, tools, inputs and steps that are not there', () => {
  expect(
    problems([{ name: 'a', agent: 'nobody', inputs: ['sun.csv'], needs: ['ghost'] }], {
      tools: ['teleport'],
    }),
  ).toEqual([
    'agent "worker": there is no tool "teleport"; there are "read_input", "run_javascript"',
    'step "a": there is no agent "nobody"',
    'step "a": it needs "ghost", and there is no such step',
    'step "a": the task has no input "sun.csv"; it has "rain.csv"',
  ])
  expect(
    checkPlan(draft([{ name: 'a', inputs: ['sun.csv'] }]), { toolNames: [], inputNames: [] }),
  ).toEqual(['step "a": the task has no input "sun.csv"; it has none'])
})

test('names what is there twice', () =>
  expect(
    problems([{ name: 'a' }, { name: 'a' }, { name: 'b', needs: ['a', 'a'] }], {
      agents: ['worker', 'worker'],
    }),
  ).toEqual([
    'agents: "worker" is there twice',
    'steps: "a" is there twice',
    'step "b": it needs "a" twice',
  ]))

test('asks which step delivers the result when several end the plan', () => {
  const two = [{ name: 'a' }, { name: 'b' }, { name: 'c', needs: ['a'] }]
  expect(problems(two)).toEqual([
    'result: several steps end the plan ("b", "c"); name the one that delivers the result',
  ])
  expect(problems(two, { result: 'b' })).toEqual([])
  expect(problems(two, { result: 'z' })).toEqual(['result: there is no step "z"'])
})

test('a plan of more steps than the task takes is sent back', () => {
  const plan = draft([{ name: 'a' }, { name: 'b', needs: ['a'] }])
  expect(checkPlan(plan, { ...world, stepsMax: 2 })).toEqual([])
  expect(checkPlan(plan, { ...world, stepsMax: 1 })).toEqual([
    'steps: there are 2, and this task takes at most 1',
  ])
})

test('asks for a tool where the output comes from one', () =>
  expect(problems([{ name: 'a', from: 'tool' }])).toEqual([
    'step "a": its output comes from a tool, but agent "worker" has none',
  ]))

test('the result is the named step, or else the only one that no other needs', () => {
  const chain = [{ name: 'a' }, { name: 'b', needs: ['a'] }]
  expect(resultOf(draft(chain))).toBe('b')
  expect(resultOf(draft(chain, { result: 'a' }))).toBe('a')
  expect(resultOf(draft([{ name: 'a' }, { name: 'b' }]))).toBeNull()
})

test('a graph has a circle exactly when its steps cannot be put in an order', () => {
  const anySteps = fc
    .array(fc.uniqueArray(fc.nat(5), { maxLength: 3 }), { minLength: 6, maxLength: 6 })
    .map((all) =>
      all.map((needs, index) => ({ name: `s${index}`, needs: needs.map((need) => `s${need}`) })),
    )
  fc.assert(
    fc.property(anySteps, (steps) => {
      const done = new Set<string>()
      for (let round = 0; round < steps.length; round += 1) {
        for (const { name, needs } of steps)
          if (needs.every((need) => done.has(need))) done.add(name)
      }
      const found = problems(steps, { result: 's0' }).filter((problem) =>
        problem.includes('circle'),
      )
      expect(found.length === 0).toBe(done.size === steps.length)
    }),
  )
})

test('a condition that reads what its step does not need is found before anything runs', () => {
  const plan = draft([{ name: 'count' }, { name: 'judge' }, { name: 'write', needs: ['count'] }], {
    result: 'write',
  })
  const steps = plan.steps.map((step) =>
    step.name === 'write' ? { ...step, when: 'outputs.judge.ok' } : step,
  )
  expect(checkPlan({ ...plan, steps }, world)).toEqual([
    'step "write": its condition cannot be: it reads "judge", which the step does not need; it needs "count"',
  ])
})

test('a list and a condition for another round are found where they cannot be', () => {
  const plan = draft([{ name: 'count' }, { name: 'judge' }, { name: 'write', needs: ['count'] }], {
    result: 'write',
  })
  const problemsWith = (list: string, again: string) => {
    const changes = {
      forEach: { list, parallelMax: 2, itemsMax: 10 },
      repeat: { while: again, timesMax: 3 },
    }
    const steps = plan.steps.map((step) => (step.name === 'write' ? { ...step, ...changes } : step))
    return checkPlan({ ...plan, steps }, world)
  }
  expect(problemsWith('outputs.count.rows', 'output.open > 0 && round < 3')).toEqual([])
  expect(problemsWith('outputs.judge', 'output > 0 && outputs.judge.ok')).toEqual([
    'step "write": its list cannot be: it reads "judge", which the step does not need; it needs "count"',
    'step "write": its condition for another round cannot be: it reads "judge", which the step does not need; it needs "count"',
  ])
  expect(problemsWith('1 + 1', 'outputs.count.rows')).toEqual([
    'step "write": its list cannot be: it has to be a list, and is int',
  ])
  expect(problemsWith('output.rows', 'true')).toEqual([
    expect.stringContaining('its list cannot be: it does not parse'),
  ])
})

test('those who refine an output are there, once, and it is one that can be written anew', () => {
  const together = (agents: string[]): StepModeDraft => ({
    kind: 'collaborative',
    agents,
    roundsMax: 2,
  })
  const agents = ['worker', 'critic']
  expect(problems([{ name: 'a', mode: together(['critic']) }], { agents })).toEqual([])
  expect(
    problems([{ name: 'a', mode: together(['worker', 'nobody', 'critic', 'critic']) }], { agents }),
  ).toEqual([
    'step "a": its mode cannot be: "worker" is the agent of the step already',
    'step "a": its mode cannot be: there is no agent "nobody"',
    'step "a": its mode cannot be: "critic" is there twice',
  ])
  expect(
    problems([{ name: 'a', from: 'tool', mode: { kind: 'self-refinement', roundsMax: 2 } }], {
      tools: ['read_input'],
    }),
  ).toEqual([
    'step "a": its mode cannot be: its output is what a tool answers, which nobody writes anew',
  ])
})
