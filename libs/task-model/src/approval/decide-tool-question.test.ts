import type { TaskEvent } from '@maestro/contracts/task/task-events'
import { describe, expect, test } from 'vitest'
import { decide } from '../decide.ts'
import { effectsOf } from '../effects-of.ts'
import { fold } from '../fold.ts'
import type { BornTask } from '../task.ts'
import type { TaskCommand } from '../task-command.ts'
import {
  after,
  answer,
  answerTool,
  createWith,
  decideOn,
  expire,
} from '../testing/task-command-fixtures.ts'
import { editPlan } from '../testing/surgery-command-fixtures.ts'
import { atMs, orchestrator, refOf, toolPlace, worker } from '../testing/task-fixtures.ts'
import { digestOfTool } from './digest-of.ts'

type Call = Extract<TaskCommand, { type: 'FinishTurn' }>['toolCalls'][number]

/** Step `a` calls one tool in its turn. */
const calling = (changes: Partial<Call>, turn = 1): TaskCommand => {
  const said = answer('a', { tools: ['t1'], turn })
  if (said.type !== 'FinishTurn') throw new Error(said.type)
  return { ...said, toolCalls: said.toolCalls.map((call) => ({ ...call, ...changes })) }
}
const mail = { tool: 'send_mail', repeat: 'unsafe' as const }
const asked = 'tool-a-1-1-1'
const doubt: TaskCommand = {
  type: 'DoubtTool',
  place: toolPlace('a', 't1'),
  at: atMs(1_000),
  actor: orchestrator,
}
const weekLater = atMs(8 * 24 * 3_600_000)
const typesOf = (events: readonly TaskEvent[]) => events.map(({ type }) => type)
const then = (before: readonly TaskCommand[], command: TaskCommand) =>
  decide(command, fold(after(...before)))
const begun = (changes: Partial<Call> = mail, options = {}) => [
  createWith({ a: [] }, options),
  calling(changes),
]

describe('a tool use that waits for a person', () => {
  test.each([
    ['a tool that cannot be taken back', mail, {}, 'unsafe'],
    ['a tool with a gate', {}, { gates: { tools: ['read_input'] } }, 'gate'],
    ['a question of the agent', { tool: 'ask_person' }, {}, 'question'],
  ])('%s asks with its exact arguments, and does not run', (_what, changes, options, why) => {
    const [create, call] = begun(changes, options)
    if (!create || !call) throw new Error('two commands')
    const events = then([create], call)
    expect(typesOf(events)).toEqual(['CallFinished', 'ApprovalRequested'])
    const { tool } = { tool: 'read_input', ...changes }
    expect(events.at(-1)?.data).toMatchObject({
      toolUse: { tool, why, arguments: refOf('arguments of t1') },
      digest: digestOfTool(tool, refOf('arguments of t1')),
      silence: 'tell-agent',
    })
  })

  test('asks also when the tool was taken from the agent meanwhile: the attempt still has it', () => {
    const taken = editPlan([{ kind: 'retool', agentId: worker, tools: [] }])
    const [create, call] = begun()
    if (!create || !call) throw new Error('two commands')
    expect(typesOf(then([create, taken], call))).toEqual(['CallFinished', 'ApprovalRequested'])
  })

  test.each([
    ['a safe tool', {}, {}],
    [
      'an unsafe one where the task says so',
      mail,
      { gates: { tools: [], unsafe: 'run' as const } },
    ],
    ['one that the agent has not, to be refused', { tool: 'other', repeat: 'unsafe' as const }, {}],
  ])('%s is not asked about', (_what, changes, options) => {
    expect(typesOf(after(...begun(changes, options)))).toContain('ToolCalled')
  })

  test('approved, it runs once, with what was approved', () => {
    const events = then(begun(), decideOn(asked, 'approve'))
    expect(typesOf(events)).toEqual(['ApprovalDecided', 'ToolCalled'])
    const task = fold([...after(...begun()), ...events]) as BornTask
    const [effect] = events.slice(-1).flatMap((event) => effectsOf(event, task))
    expect(effect).toMatchObject({ kind: 'tool', arguments: refOf('arguments of t1') })
  })

  test('approved with other arguments, it runs with those, and the record has their digest', () => {
    const changed = { ...decideOn(asked, 'approve'), arguments: refOf('others') }
    const [decided, called] = then(begun(), changed)
    expect(decided?.data).toMatchObject({ digest: digestOfTool('send_mail', refOf('others')) })
    expect(called?.data).toMatchObject({ arguments: refOf('others') })
  })

  test('rejected, the agent reads why as the answer of its tool, and thinks again', () => {
    const events = then(begun(), decideOn(asked, 'reject'))
    expect(typesOf(events)).toEqual(['ApprovalDecided', 'ToolRefused', 'TurnStarted'])
    expect(events[1]?.data).toMatchObject({ result: refOf('too long') })
  })

  test('a question has the words of the person as its answer', () => {
    const before = begun({ tool: 'ask_person' })
    const events = then(before, decideOn(asked, 'answer', { reason: 'blue' }))
    expect(typesOf(events)).toEqual(['ApprovalDecided', 'ToolAnswered', 'TurnStarted'])
    expect(events[1]?.data).toMatchObject({ ok: true, result: refOf('blue') })
  })

  test('silence never runs it: the agent is told so', () => {
    const events = then(begun(), expire(asked, weekLater))
    expect(typesOf(events)).toEqual(['ApprovalExpired', 'ToolRefused', 'TurnStarted'])
  })

  test('a decision on something else than was seen is refused', () => {
    const other = { ...decideOn(asked, 'approve'), digest: 'f'.repeat(64) }
    expect(() => then(begun(), other)).toThrow(
      expect.objectContaining({ code: 'APPROVAL_SUPERSEDED' }),
    )
  })

  test('a key or a service does not decide what is for the owner', () => {
    const byKey = { ...decideOn(asked, 'approve'), actor: { kind: 'api-key', id: 'ci' } as const }
    expect(() => then(begun(), byKey)).toThrow(
      expect.objectContaining({
        code: 'APPROVAL_NOT_YOURS',
        details: expect.objectContaining({ mayDecide: 'owner' }),
      }),
    )
  })
})

describe('a tool use in doubt', () => {
  const running = [...begun(), decideOn(asked, 'approve')]

  test('is a question, and runs again only when a person says so', () => {
    const events = then(running, doubt)
    expect(typesOf(events)).toEqual(['ApprovalRequested'])
    const again = then([...running, doubt], decideOn(`${asked}-2`, 'approve'))
    expect(typesOf(again)).toEqual(['ApprovalDecided', 'ToolCalled'])
  })

  test('an answer that comes late all the same changes nothing', () =>
    expect(then([...running, doubt], answerTool('a', 't1'))).toEqual([]))
})

describe('arguments that break the schema of their tool', () => {
  const misfit = { ...mail, misfit: { reason: 'no address', result: refOf('no address') } }

  test('go back to the agent with the error, and nobody is asked', () => {
    const events = after(...begun(misfit))
    expect(typesOf(events).slice(-3)).toEqual(['CallFinished', 'ToolRefused', 'TurnStarted'])
  })

  test('fail the step when the next turn breaks it again', () => {
    const events = after(...begun(misfit), calling(misfit, 2))
    expect(typesOf(events)).toContain('StepFailed')
  })
})
