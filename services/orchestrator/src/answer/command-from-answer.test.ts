import type { Answer } from '@maestro/contracts/llm/chat'
import type { PlanDraft } from '@maestro/contracts/task/plan-draft'
import { fold } from '@maestro/task-model/fold'
import { decide } from '@maestro/task-model/decide'
import { evolve } from '@maestro/task-model/evolve'
import type { BornTask, Task } from '@maestro/task-model/task'
import type { CallPlace, TaskCommand } from '@maestro/task-model/task-command'
import {
  after,
  answer,
  create,
  createWith,
  propose,
} from '@maestro/task-model/testing/task-command-fixtures'
import {
  draftPlace,
  factsWith,
  judgePlace,
  orchestrator,
  refOf,
  stepPlace,
} from '@maestro/task-model/testing/task-fixtures'
import { judgeWith } from '@maestro/task-model/testing/judge-command-fixtures'
import { describe, expect, test } from 'vitest'
import { planNeeding } from '../testing/task-commands.ts'
import { readInput } from '../tools/read-input.ts'
import { createToolRegistry } from '../tools/tool-registry.ts'
import { commandFromAnswer, commandFromPart } from './command-from-answer.ts'

const born = (...commands: readonly TaskCommand[]): BornTask => {
  const task = fold(after(...commands))
  if (task.status === 'unborn') throw new Error('no task')
  return task
}
const drafting = born(create())
const judging = born(create(), propose())
const working = born(createWith({ a: [] }))

const reading = (task: BornTask, place: CallPlace, said: Partial<Answer>) => ({
  task,
  place,
  answer: {
    text: '',
    reasoning: '',
    toolCalls: [],
    finish: 'stop' as const,
    providerParts: null,
    ...said,
  },
  answerRef: refOf('the answer'),
  facts: factsWith(),
  world: { toolNames: ['read_input'], inputNames: [] },
  registry: createToolRegistry([readInput]),
  base: { at: '2026-01-01T00:00:01.000Z', actor: orchestrator },
})
const read = (...of: Parameters<typeof reading>) => commandFromAnswer(reading(...of))

const planner = draftPlace('planner')
const plan: PlanDraft = planNeeding({ a: [], b: ['a'] }, { tools: ['read_input'] })
const promising = (format: 'json' | 'text', from: 'answer' | 'tool' = 'answer'): BornTask => {
  const step = working.steps[stepPlace('a').stepId as keyof typeof working.steps]
  if (!step) throw new Error('no step')
  const promise = { ...step.promise, format, from }
  return { ...working, steps: { [step.stepId]: { ...step, promise } } }
}

test('a plan becomes a proposal whose texts are kept and named by reference', () => {
  const { command, payloads } = read(drafting, planner, { text: JSON.stringify({ plan }) })
  if (command.type !== 'ProposePlan') throw new Error(command.type)
  expect(command.plan.steps.map(({ stepId }) => stepId)).toEqual(['step_a', 'step_b'])
  const kept = new Set(payloads.map(({ ref }) => ref.sha256))
  const named = [
    command.plan.document,
    ...command.plan.agents.flatMap((agent) => [agent.prompt, agent.description]),
    ...command.plan.steps.map(({ instruction }) => instruction),
    ...(command.answered.text ? [command.answered.text] : []),
  ]
  expect(named.filter(({ sha256 }) => !kept.has(sha256))).toEqual([])
})

test.each([
  ['broken JSON', { text: '{"plan": ' }, 'not valid JSON'],
  ['a misfit', { text: '{"plan": {"agents": []}}' }, 'does not fit the schema'],
  [
    'a plan against the rules',
    { text: JSON.stringify({ plan: planNeeding({ a: ['b'], b: ['a'] }) }) },
    'circle',
  ],
])('%s is refused with the reason, and what it cost is kept', (_what, said, reason) => {
  const { command, payloads } = read(drafting, planner, said)
  expect(command).toMatchObject({
    type: 'RefuseAnswer',
    problem: expect.stringContaining(reason),
    // Its text, which is kept as well, has the glance at it.
    answered: { answer: { ...refOf('the answer'), preview: '' }, facts: factsWith() },
  })
  expect(payloads[0]?.content.toString()).toBe(said.text)
})

const rowsSchema = {
  type: 'object',
  properties: { rows: { type: 'array', items: { type: 'string' } } },
  required: ['rows'],
}

const rich = (changes: Partial<PlanDraft['steps'][number]> = {}): string => {
  const drafted = planNeeding({ list: [], each: ['list'], report: ['each'] })
  const [list, each, report] = drafted.steps
  const agents = [...drafted.agents, ...drafted.agents.map((one) => ({ ...one, name: 'critic' }))]
  const steps = [
    { ...list, promise: { description: 'a list', format: 'json', schema: rowsSchema } },
    {
      ...each,
      forEach: { list: 'outputs.list.rows', parallelMax: 2 },
      caps: { turnsMax: 3, costUsd: '0.01' },
      onFailure: 'go-on',
    },
    {
      ...report,
      when: 'size(outputs.each) > 0',
      repeat: { while: 'round < 2', timesMax: 2 },
      mode: { kind: 'collaborative', agents: ['critic'], roundsMax: 2 },
      ...changes,
    },
  ]
  return JSON.stringify({ plan: { agents, steps, result: 'report' } })
}

test('whatever the Planner is told of can be planned: modes, caps, lists, rounds, conditions', () => {
  const { command } = read(drafting, planner, { text: rich() })
  expect(command.type === 'ProposePlan' && command.plan.steps).toMatchObject([
    { stepId: 'step_list', promise: { schema: rowsSchema } },
    {
      forEach: { list: 'outputs.list.rows', parallelMax: 2, itemsMax: 100 },
      caps: { turnsMax: 3, costNanoUsd: 10_000_000 },
      onFailure: 'go-on',
    },
    {
      when: 'size(outputs.each) > 0',
      repeat: { while: 'round < 2', timesMax: 2 },
      mode: { kind: 'collaborative', agentIds: [expect.stringMatching(/_critic$/)], roundsMax: 2 },
    },
  ])
})

test.each([
  [
    'a mode with an agent that is not there',
    { mode: { kind: 'collaborative' as const, agents: ['x'], roundsMax: 1 } },
    'there is no agent "x"',
  ],
  ['a condition that does not parse', { when: 'outputs.each >' }, 'its condition cannot be'],
  [
    'rounds that look at what it does not need',
    { repeat: { while: 'outputs.list > 1', timesMax: 2 } },
    'its condition for another round cannot be',
  ],
  ['a cap that is no money', { caps: { costUsd: 'ten' } }, 'money is a decimal string'],
  [
    'a list without a bound on rounds',
    { mode: { kind: 'self-refinement' as const, roundsMax: 99 } },
    'roundsMax',
  ],
])('%s goes back to the Planner, which mends it', (_what, changes, problem) => {
  const { command } = read(drafting, planner, { text: rich(changes) })
  expect(command).toMatchObject({
    type: 'RefuseAnswer',
    problem: expect.stringContaining(problem),
  })
  const asked = decide(command, drafting).reduce(evolve, drafting as Task)
  if (asked.status === 'unborn') throw new Error('it was born')
  expect(asked.drafting.jobs.planner).toMatchObject({ turn: 2, phase: 'calling' })
  const mended = read(asked, draftPlace('planner', { turn: 2 }), { text: rich() })
  const drafted = decide(mended.command, asked).reduce(evolve, asked as Task)
  expect(drafted).toMatchObject({ versions: [{ version: 1, complete: true }] })
})

test('what the role was told is kept with its answer, and named by version', () => {
  const { command, payloads } = read(drafting, planner, { text: 'no plan' })
  const kept = new Set(payloads.map(({ ref }) => ref.sha256))
  if (command.type !== 'RefuseAnswer') throw new Error(command.type)
  const { role } = command.answered
  expect(role).toMatchObject({ name: 'planner', version: 2 })
  expect([role?.prompt.sha256, role?.schema.sha256].every((sha) => kept.has(sha ?? ''))).toBe(true)
})

describe('what came of an answer that broke off', () => {
  const part = (task: BornTask, said: Partial<Answer>) =>
    commandFromPart(reading(task, stepPlace('a'), { finish: 'broken-off', ...said }), {
      reason: 'broke-off',
      failureClass: 'network',
      message: 'It broke off.',
    })
  const toolCalls = [{ id: 't1', name: 'read_input', argumentsText: '{"na' }]

  test.each([
    ['a text', working, { text: '# It ra' }, true],
    ['nothing', working, { text: '' }, false],
    ['words before a tool call', working, { text: 'Let me look.', toolCalls }, false],
    ['JSON that is whole', promising('json'), { text: 'So: {"days": 3}' }, true],
    ['JSON that is cut', promising('json'), { text: '{"days": ' }, false],
    ['words where a tool has to answer', promising('text', 'tool'), { text: 'Three' }, false],
  ])(
    'is kept, and it is said whether it could be the output: %s',
    (_what, task, said, isUsable) => {
      const { command, payloads } = part(task, said)
      expect(command).toMatchObject({
        type: 'TakeIncomplete',
        answered: {
          answer: { ...refOf('the answer'), ...(said.text === '' ? {} : { preview: '' }) },
          facts: factsWith(),
        },
        incomplete: { reason: 'broke-off', failureClass: 'network', isUsable },
      })
      expect(payloads).toHaveLength(said.text === '' ? 0 : 1)
    },
  )

  test('runs no tool', () => {
    expect(part(working, { text: 'Let me look.', toolCalls }).command).not.toHaveProperty(
      'toolCalls',
    )
  })
})

test('an answer that ran into the output limit is incomplete, also where the router called it an answer', () => {
  const { command } = read(drafting, planner, { text: '{"plan": ', finish: 'length' })
  expect(command).toMatchObject({
    type: 'TakeIncomplete',
    incomplete: { reason: 'output-limit', isUsable: false },
  })
})

test('a reason is bounded: it goes into an event', () => {
  const names = Array.from({ length: 900 }, (_, index) => `a-step-with-a-long-name-${index}`)
  const circle = planNeeding(
    Object.fromEntries(
      names.map((name, index) => [name, [names[(index + 1) % names.length] ?? '']]),
    ),
  )
  const { command } = read(drafting, planner, { text: JSON.stringify({ plan: circle }) })
  if (command.type !== 'RefuseAnswer') throw new Error(command.type)
  expect(command.problem.length).toBeLessThanOrEqual(2_000)
})

test('a verdict belongs to the version that the observer was shown', () => {
  const text = JSON.stringify({ verdict: 'approve', score: 0.9 })
  const { command } = read(judging, draftPlace('plan-observer'), { text })
  expect(command).toMatchObject({
    type: 'JudgePlan',
    observer: 'plan-observer',
    hash: judging.versions.at(-1)?.hash,
    judgement: { verdict: 'approve', findings: [] },
  })
})

test('tool calls are handed on with the arguments as the model wrote them', () => {
  const { command, payloads } = read(working, stepPlace('a'), {
    text: 'Let me look.',
    finish: 'tool_calls',
    toolCalls: [
      { id: 't1', name: 'read_input', argumentsText: '{"name":"a.csv"}' },
      { id: 't2', name: 'no_such_tool', argumentsText: 'not even JSON' },
    ],
  })
  if (command.type !== 'FinishTurn') throw new Error(command.type)
  expect(command.toolCalls.map(({ toolCallId, tool }) => [toolCallId, tool])).toEqual([
    ['t1', 'read_input'],
    ['t2', 'no_such_tool'],
  ])
  expect(payloads.map(({ content }) => content.toString())).toEqual([
    'Let me look.',
    '{"name":"a.csv"}',
    'not even JSON',
  ])
})

test('the output is the text as it was said', () => {
  const { command, payloads } = read(working, stepPlace('a'), { text: '# It rained\n' })
  expect(command).toMatchObject({ type: 'FinishTurn', toolCalls: [] })
  expect(payloads.map(({ content }) => content.toString())).toEqual(['# It rained\n'])
})

test('a step that promises JSON delivers JSON alone, or is asked again', () => {
  const fenced = read(promising('json'), stepPlace('a'), { text: '```json\n{"days": 3}\n```' })
  expect(fenced.command.type).toBe('FinishTurn')
  expect(fenced.payloads.map(({ content }) => content.toString())).toEqual(['{"days": 3}'])
  const broken = read(promising('json'), stepPlace('a'), { text: 'three days' })
  expect(broken.command).toMatchObject({
    type: 'RefuseAnswer',
    problem: expect.stringContaining('promises JSON'),
  })
})

test('an empty output, and words where a tool should have answered, are refused', () => {
  expect(read(working, stepPlace('a'), { text: ' \n' }).command.type).toBe('RefuseAnswer')
  const words = read(promising('json', 'tool'), stepPlace('a'), { text: '{"days": 3}' })
  expect(words.command).toMatchObject({
    type: 'RefuseAnswer',
    problem: expect.stringContaining('call the tool'),
  })
})

describe('the judge of a result', () => {
  const judged = born(createWith({ a: [] }, { judge: judgeWith() }), answer('a'))
  const judge = judgePlace('a')

  test('says its verdict, by the words and the schema that it was told, which are kept', () => {
    const said = { verdict: 'revise', words: 'Name it.', memories: [{ key: 'k', text: 't' }] }
    const { command, payloads } = read(judged, judge, { text: JSON.stringify(said) })
    expect(command).toMatchObject({
      type: 'JudgeResult',
      answered: { role: { name: 'execution-observer', version: 2 } },
      judgement: { ...said, concern: 'other', reason: '' },
    })
    if (command.type !== 'JudgeResult') throw new Error(command.type)
    const kept = payloads.map(({ ref }) => ref.sha256)
    expect(kept).toContain(command.answered.role?.prompt.sha256)
    expect(kept).toContain(command.answered.role?.schema.sha256)
  })

  test('wants an agent changed: its words are put away, and what it leaves out stays', () => {
    const agent = { prompt: 'Name the sources.', tools: null, suggestions: ['Be brief.'] }
    const said = { verdict: 'change-agent', agent }
    const { command, payloads } = read(judged, judge, { text: JSON.stringify(said) })
    if (command.type !== 'JudgeResult') throw new Error(command.type)
    const kept = new Map(payloads.map(({ ref, content }) => [ref.sha256, content.toString()]))
    const { prompt, suggestions = [], ...rest } = command.judgement.agent ?? {}
    expect(kept.get(prompt?.sha256 ?? '')).toBe('Name the sources.')
    expect(suggestions.map(({ sha256 }) => kept.get(sha256))).toEqual(['Be brief.'])
    expect(rest).toEqual({})
    // Beside another verdict it is no wish.
    const good = read(judged, judge, { text: JSON.stringify({ verdict: 'ok', agent }) })
    expect(good.command).not.toHaveProperty('judgement.agent')
  })

  test.each([
    ['no JSON', 'It looks fine to me.'],
    ['a verdict of its own', '{"verdict":"superb"}'],
    ['tools that there are not', '{"verdict":"change-agent","agent":{"tools":["magic"]}}'],
    [
      'more than it may keep',
      JSON.stringify({
        verdict: 'ok',
        memories: Array.from({ length: 6 }, () => ({ key: 'k', text: 't' })),
      }),
    ],
  ])('is refused when it gives %s', (_what, text) => {
    expect(read(judged, judge, { text }).command.type).toBe('RefuseAnswer')
  })

  test('delivers nothing, also when its answer breaks off', () =>
    expect(read(judged, judge, { text: '{"verdict', finish: 'length' }).command).toMatchObject({
      type: 'TakeIncomplete',
      incomplete: { isUsable: false },
    }))
})

describe('a step that promises a schema', () => {
  const schema = {
    type: 'object',
    properties: { total: { type: 'number' } },
    required: ['total'],
  }
  const task = promising('json')
  const step = task.steps[stepPlace('a').stepId as keyof typeof task.steps]
  if (!step) throw new Error('no step')
  const promised = {
    ...task,
    steps: { [step.stepId]: { ...step, promise: { ...step.promise, schema } } },
  }

  test('delivers what fits it', () =>
    expect(read(promised, stepPlace('a'), { text: 'Here: {"total": 3}' }).command).toMatchObject({
      type: 'FinishTurn',
    }))

  test('says where an answer does not fit it', () =>
    expect(read(promised, stepPlace('a'), { text: '{"total": "3"}' }).command).toMatchObject({
      type: 'RefuseAnswer',
      problem: expect.stringContaining('It does not fit the schema: total: '),
    }))

  test('takes no part of an answer that does not fit it', () => {
    const part = reading(promised, stepPlace('a'), { text: '{"sum": 3}' })
    const incomplete = { reason: 'broke-off', failureClass: 'network', message: 'x' } as const
    expect(commandFromPart(part, incomplete).command).toMatchObject({
      incomplete: { isUsable: false },
    })
  })
})
