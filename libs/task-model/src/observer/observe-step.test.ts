import { stepIdOf } from '@maestro/contracts/ids'
import { expect, test } from 'vitest'
import { fold } from '../fold.ts'
import {
  answer,
  answerTool,
  createWith,
  after,
  decideOn,
  refuseStep,
  refuseTool,
} from '../testing/task-command-fixtures.ts'
import { factsWith } from '../testing/task-fixtures.ts'
import type { TaskCommand } from '../task-command.ts'

type Options = Parameters<typeof createWith>[1]

/** Turns that call the tool `id` each, and get their answers. */
const turns = (ids: readonly string[], { from = 1, attempt = 1 } = {}): readonly TaskCommand[] =>
  ids.flatMap((id, index) => [
    answer('a', { tools: [id], turn: from + index, attempt, facts: factsWith() }),
    answerTool('a', id, { turn: from + index, attempt }),
  ])

const live = (commands: readonly TaskCommand[], options: Options = {}) =>
  after(createWith({ a: { retriesMax: 0 } }, { limits: { turnsMax: 40 }, ...options }), ...commands)

const seen = (events: ReturnType<typeof live>) =>
  events.flatMap((event) =>
    event.type === 'ObserverNoted'
      ? [`${event.data.detector} ${event.data.act}`]
      : event.type === 'RevisionRequested' || event.type === 'StepStarted'
        ? [event.type]
        : [],
  )

test('a tool that is called three times with the same arguments is a finding, and the next turn is told', () => {
  const events = live(turns(['t1', 't2', 't1', 't1']))
  expect(seen(events)).toEqual(['StepStarted', 'same-call revise', 'RevisionRequested'])
  const task = fold(events)
  const step = task.status === 'unborn' ? undefined : task.steps[stepIdOf('a')]
  expect(step?.turns.at(-1)?.remark).toMatch(/called 3 times with the same arguments/)
  expect(step?.turns.at(-2)?.remark).toBeUndefined()
})

test('a finding needs evidence of its own: what was told before is not counted again', () =>
  expect(seen(live(turns(['t1', 't1', 't1', 't1', 't2'])))).toEqual([
    'StepStarted',
    'same-call revise',
    'RevisionRequested',
  ]))

test('where telling did not help, another provider tries in a new attempt', () => {
  const events = live(turns(['t1', 't1', 't1', 't1', 't1', 't1']), {
    providers: ['groq', 'ollama'],
  })
  expect(seen(events).slice(-2)).toEqual(['same-call retry-elsewhere', 'StepStarted'])
  const task = fold(events)
  const step = task.status === 'unborn' ? undefined : task.steps[stepIdOf('a')]
  expect(step).toMatchObject({ attempt: 2, strategy: { providers: ['ollama'] } })
})

test('where nobody else can try, a person is asked, and what they say holds', () => {
  const events = live([
    ...turns(['t1', 't1', 't1', 't1', 't1', 't1']),
    decideOn('ask-a-1-6', 'retry'),
  ])
  expect(seen(events)).toEqual([
    'StepStarted',
    'same-call revise',
    'RevisionRequested',
    'same-call ask-person',
  ])
  expect(events.at(-1)).toMatchObject({ type: 'TurnStarted', data: { turn: 7 } })
  const left = live([
    ...turns(['t1', 't1', 't1', 't1', 't1', 't1']),
    decideOn('ask-a-1-6', 'fail', { reason: 'enough' }),
  ])
  expect(left.at(-1)?.type).toBe('TaskFailed')
})

test('it asks a person twice at most: then it only notes', () => {
  const six = ['t1', 't1', 't1', 't1', 't1', 't1']
  const events = live([
    ...turns(six),
    decideOn('ask-a-1-6', 'retry'),
    ...turns(['t1', 't1', 't1'], { from: 7 }),
    decideOn('ask-a-1-9', 'retry'),
    ...turns(['t1', 't1', 't1'], { from: 10 }),
  ])
  expect(
    seen(events)
      .filter((line) => line.startsWith('same-call'))
      .slice(1),
  ).toEqual(['same-call ask-person', 'same-call ask-person', 'same-call note'])
})

test('tools that answer what is known already for three turns are a finding', () => {
  const events = live(turns(['t1', 't2', 't3', 't1', 't2', 't3']))
  expect(seen(events).slice(1)).toContain('no-new-fact revise')
})

test('an output that is said again beside more tool calls is a finding; a short word is none', () => {
  const saying = (text: string) =>
    live(
      ['t1', 't2'].flatMap((id, index): TaskCommand[] => [
        answer('a', { tools: [id], text, turn: index + 1 }),
        answerTool('a', id, { turn: index + 1 }),
      ]),
    )
  expect(seen(saying('x'.repeat(200)))).toContain('going-on revise')
  expect(seen(saying('Looking at the input.'))).toEqual(['StepStarted'])
})

test('an agent is told once that few turns are left', () => {
  const ids = Array.from({ length: 7 }, (_, index) => `t${index}`)
  const events = live(turns(ids), { limits: { turnsMax: 8 } })
  expect(seen(events)).toEqual(['StepStarted', 'near-cap revise', 'RevisionRequested'])
  const remark = events.find(({ type }) => type === 'RevisionRequested')
  expect(remark?.data).toMatchObject({
    turn: 6,
    remark: expect.stringMatching(/^2 turns are left of 8/),
  })
})

test('a promise that is broken also after a repair goes to another provider, where there is one', () => {
  const broken = [refuseStep('a', 'no JSON'), refuseStep('a', 'no JSON', { turn: 2 })]
  expect(seen(live(broken, { providers: ['groq', 'ollama'] }))).toEqual([
    'StepStarted',
    'broken-promise retry-elsewhere',
    'StepStarted',
  ])
  expect(live(broken).at(-1)?.type).toBe('TaskFailed')
})

/** A turn that calls a tool which its agent does not have. */
const reachFor = (tool: string, turn: number): readonly TaskCommand[] => {
  const said = answer('a', { tools: [`t${turn}`], turn })
  if (said.type !== 'FinishTurn') return []
  const toolCalls = said.toolCalls.map((call) => ({ ...call, tool }))
  return [{ ...said, toolCalls }, refuseTool('a', `t${turn}`, { turn })]
}

test('an agent that reaches twice for tools of others drifts from its role, and is told what is its own', () => {
  const events = live([...reachFor('browse', 1), ...reachFor('send_rocket', 2)])
  expect(seen(events)).toEqual(['StepStarted', 'drift revise', 'RevisionRequested'])
  expect(events.find(({ type }) => type === 'ObserverNoted')?.data).toMatchObject({
    text: expect.stringMatching(/^It called "browse", "send_rocket", which .* it has "read_input"/),
  })
})

test('one tool of another, and a use of its own that is refused, are no drift', () => {
  expect(seen(live(reachFor('browse', 1)))).toEqual(['StepStarted'])
  expect(seen(live([...reachFor('read_input', 1), ...reachFor('send_mail', 2)]))).toEqual([
    'StepStarted',
  ])
})
