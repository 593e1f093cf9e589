import { PlanDraft, type StepDraft } from '@maestro/contracts/task/plan-draft'
import type { StepModeDraft } from '@maestro/contracts/task/step-mode'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkPlan } from './check-plan.ts'
import { resultOf } from './result-of.ts'

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
  const given = draft([{ name: 'count' }, { name: 'judge' }, { name: 'write', needs: ['count'] }], {
    result: 'write',
  })
  const json = (step: StepDraft): StepDraft => ({
    ...step,
    promise: { ...step.promise, format: 'json' },
  })
  const plan = { ...given, steps: given.steps.map(json) }
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

const base = {
  title: 'x',
  agent: 'worker',
  instruction: 'do',
  promise: { description: 'a text' },
}
const agents = [{ name: 'worker', prompt: 'work', description: 'works', tools: [] }]
const told = (steps: readonly object[], more: object = {}, around: object = {}) =>
  checkPlan(
    PlanDraft.parse({ agents, steps: steps.map((step) => ({ ...base, ...step })), ...more }),
    { ...world, ...around },
  )
const rows = {
  type: 'object',
  properties: {
    rows: { type: 'array', items: { type: 'object', properties: { mm: { type: 'number' } } } },
    total: { type: 'number' },
  },
  required: ['rows'],
}
const promising = (schema: object, format = 'json') => ({
  promise: { description: 'rows', format, schema },
})

describe('an output promised by a schema', () => {
  test('is read by its names, and what it does not promise is found before anything runs', () => {
    const reading = (list: string, when = 'true') =>
      told([
        { name: 'count', ...promising(rows) },
        {
          name: 'each',
          needs: ['count'],
          forEach: { list, parallelMax: 2, itemsMax: 10 },
          when,
        },
      ])
    expect(reading('outputs.count.rows', 'outputs.count.rows[0].mm > 3')).toEqual([])
    expect(reading('outputs["count"].rows.filter(r, r.mm > 3)')).toEqual([])
    expect(reading('outputs.count.lines')).toEqual([
      'step "each": its list cannot be: it reads lines of what "count" delivers, which its schema does not promise; there are rows, total',
    ])
    expect(reading('outputs.count.total')).toEqual([
      'step "each": its list cannot be: what it reads is promised, and no list',
    ])
    expect(reading('outputs.count.rows', 'outputs.count.rows[0].inches > 3')).toEqual([
      'step "each": its condition cannot be: it reads rows.0.inches of what "count" delivers, which its schema does not promise at rows.0; there are mm',
    ])
    expect(reading('outputs.count.rows', 'has(outputs.count.maybe)')).toEqual([])
  })

  test('is a list of what each item promises, of a step for each item', () =>
    expect(
      told([
        { name: 'count', ...promising(rows) },
        {
          name: 'each',
          needs: ['count'],
          forEach: { list: 'outputs.count.rows' },
          ...promising(rows),
        },
        { name: 'sum', needs: ['each'], when: 'outputs.each[0].rows.size() > 0' },
        { name: 'bad', needs: ['sum', 'each'], when: 'outputs.each.rows.size() > 0' },
      ]),
    ).toEqual([
      'step "bad": its condition cannot be: it reads rows of what "each" delivers, which its schema does not promise',
    ]))

  test('is refused where it cannot be checked, or is too large', () => {
    const of = (schema: object, format?: string) =>
      told([{ name: 'a', ...promising(schema, format) }])
    const at = 'step "a": its promise cannot be: '
    expect(of(rows, 'markdown')).toEqual([
      `${at}it has a schema, and markdown has none: promise json`,
    ])
    expect(of({ type: 'array', items: { type: 'string' } })).toEqual([
      `${at}its schema: an agent delivers an object; put a list into one of its properties`,
    ])
    expect(
      of({ type: 'object', properties: { a: { $ref: 'https://x.test/s.json' } } })[0],
    ).toContain('Unrecognized key: "$ref"')
    expect(
      of({ type: 'object', properties: { a: { type: 'string', pattern: '(a+)+$' } } })[0],
    ).toContain('Unrecognized key: "pattern"')
    expect(of({ type: 'object', required: ['a'] })).toEqual([
      `${at}its schema: "a" is required, and is none of the properties`,
    ])
    expect(of({ type: 'object', properties: { a: {} } })).toEqual([
      `${at}its schema: properties.a: say what it is: by type, enum, const or anyOf`,
    ])
    const description = 'x'.repeat(900)
    const long = Array.from({ length: 5 }, (_, index) => [
      `p${index}`,
      { type: 'string', description },
    ])
    expect(of({ type: 'object', properties: Object.fromEntries(long) })[0]).toContain(
      'bytes; there may be 4096',
    )
    const deep = (levels: number): object =>
      levels === 0 ? { type: 'string' } : { type: 'object', properties: { a: deep(levels - 1) } }
    expect(of(deep(7))).toEqual([])
    expect(of(deep(8))).toEqual([`${at}its schema: it is 9 deep; there may be 8`])
  })

  test('a plan may want inputs of a schema, and only such as the task has', () =>
    expect(
      told([{ name: 'a' }], { inputSchemas: { 'rain.csv': rows, 'snow.csv': { type: 'what' } } }),
    ).toEqual([
      'input "snow.csv": the task has no such input; it has "rain.csv"',
      expect.stringContaining('input "snow.csv": its schema cannot be: type'),
    ]))
})

describe('a plan inside a step', () => {
  const holding = (steps: readonly object[], more: object = {}, around: object = {}) =>
    told(
      [
        { name: 'before' },
        { name: 'far' },
        {
          name: 'whole',
          needs: ['before'],
          subPlan: { steps: steps.map((step) => ({ ...base, ...step })) },
          ...more,
        },
      ],
      { result: 'whole' },
      around,
    )

  test('needs its own steps and what the step needs, and nothing else', () => {
    expect(
      holding([
        { name: 'in', needs: ['before'] },
        { name: 'out', needs: ['in'] },
      ]),
    ).toEqual([])
    expect(holding([{ name: 'in', needs: ['far'] }])).toEqual([
      'step "whole": step "in": it needs "far", and there is no such step',
    ])
    expect(
      holding([{ name: 'in', needs: ['out'] }, { name: 'out', needs: ['in'] }, { name: 'end' }])[0],
    ).toBe('step "whole": steps: "in", "out" need each other in a circle')
    expect(holding([{ name: 'before' }])).toEqual([
      'step "whole": "before" is a step of its plan and one that it needs',
    ])
  })

  test('promises what its result promises', () => {
    const inner = { name: 'in', ...promising(rows) }
    const [text] = holding([inner])
    expect(text).toBe(
      'step "whole": it promises markdown, and "in", which delivers for its plan, json',
    )
    const json = { promise: { description: 'x', format: 'json' } }
    expect(holding([inner], json)).toEqual([])
    expect(
      told(
        [
          { name: 'whole', ...json, subPlan: { steps: [{ ...base, ...inner }] } },
          { name: 'after', needs: ['whole'], when: 'outputs.whole.total > outputs.whole.sum' },
        ],
        {},
      ),
    ).toEqual([
      'step "after": its condition cannot be: it reads sum of what "whole" delivers, which its schema does not promise; there are rows, total',
    ])
  })

  test('is refused when it is deeper, wider or larger than it may be', () => {
    const inside = (step: object) => ({ name: 'in', subPlan: { steps: [{ ...base, ...step }] } })
    expect(holding([inside({ name: 'core' })])).toEqual([])
    expect(holding([inside({ name: 'core' })], {}, { depthMax: 2 })).toEqual([
      'step "whole": step "in": its plan is 3 deep; this task takes plans up to 2 deep',
    ])
    expect(() => holding([inside(inside({ name: 'core' }))])).toThrow(
      'plans stand at most 3 deep in each other',
    )
    const two = [{ name: 'in' }, { name: 'out', needs: ['in'] }]
    expect(holding(two, {}, { fanOutMax: 1 })).toEqual([
      'step "whole": its plan has 2 steps; this task lets a step become 1',
    ])
    const many = Array.from({ length: 13 }, (_, index) => ({ ...base, name: `s${index}` }))
    const result = { result: 's0' }
    expect(
      holding([
        { name: 'in', subPlan: { steps: many, ...result } },
        { name: 'out', needs: ['in'], subPlan: { steps: many, ...result } },
      ]),
    ).toEqual(['step "whole": it holds 28 steps; there may be 24'])
    const wordy = many.map((step) => ({ ...step, promise: { description: 'x'.repeat(500) } }))
    const wordier = wordy.map((step) => ({ ...step, when: `"${'y'.repeat(990)}" == "z"` }))
    expect(holding(wordier, { subPlan: { steps: wordier, ...result } })[0]).toContain(
      'bytes; there may be 20000',
    )
  })

  test('has no mode, caps or tool output beside it', () =>
    expect(
      holding([{ name: 'in' }], {
        mode: { kind: 'self-refinement', roundsMax: 2 },
        caps: { turnsMax: 2 },
      }),
    ).toEqual([
      'step "whole": it holds a plan, and so refines nothing itself: give the mode to a step of that plan',
      'step "whole": it holds a plan: give the caps to the steps of that plan',
    ]))
})
