import { stepIdOf } from '@maestro/contracts/ids'
import type { ApprovalDecision } from '@maestro/contracts/task/approval'
import type { JudgeOptions } from '@maestro/contracts/task/result-judgement'
import { describe, expect, test } from 'vitest'
import { approvalEntriesOf } from '../audit/approval-entries.ts'
import { fold } from '../fold.ts'
import { judgeResult, judgeWith } from '../testing/judge-command-fixtures.ts'
import { modifyAgent, retryStep } from '../testing/steering-command-fixtures.ts'
import {
  after,
  answer,
  approvalId,
  cancel,
  createWith,
  decideOn,
  expire,
  pause,
  resume,
} from '../testing/task-command-fixtures.ts'
import { refOf, worker } from '../testing/task-fixtures.ts'
import { given } from '../testing/task-spec.ts'
import type { BornTask } from '../task.ts'
import type { TaskCommand } from '../task-command.ts'

const birth = (judge: Partial<JudgeOptions> = {}) =>
  createWith({ a: {}, b: {}, c: ['a', 'b'] }, { judge: judgeWith(judge) })
const better = { prompt: refOf('work, and name the sources') }
const wants = (agent: object = better, place: { attempt?: number } = {}) =>
  judgeResult('a', 'change-agent', { reason: 'it names no sources', agent, ...place })
const asked = [birth(), answer('a', { text: 'one' }), wants()] as const
const question = 'agent-a-1-1-j1'
const say = (decision: ApprovalDecision, more: Parameters<typeof decideOn>[2] = {}) =>
  decideOn(question, decision, more)
const byKey = (command: TaskCommand): TaskCommand => ({
  ...command,
  actor: { kind: 'api-key', id: 'key_1' },
})
const taskAfter = (...commands: readonly TaskCommand[]) => fold(after(...commands)) as BornTask
const stepAfter = (...commands: readonly TaskCommand[]) =>
  taskAfter(...commands).steps[stepIdOf('a')]
const typesAfter = (count: number, ...commands: readonly TaskCommand[]) =>
  after(...commands)
    .slice(count)
    .map(({ type }) => type)
const before = after(...asked).length

describe('a change that the judge wants of an agent', () => {
  test('is asked about as it would be made, and only the step whose work is in doubt waits for it', () => {
    const { approvals, steps, agents } = taskAfter(...asked)
    expect(approvals[approvalId(question)]).toMatchObject({
      kind: 'agent',
      status: 'open',
      stepId: 'step_a',
      silence: 'keep',
      mayDecide: 'operator',
      digest: expect.stringMatching(/^[0-9a-f]{64}$/),
      agentChange: {
        agentId: worker,
        version: 1,
        before: { prompt: refOf('work') },
        after: { ...better, description: refOf('works') },
        reason: 'it names no sources',
        uses: [{ stepId: 'step_a' }, { stepId: 'step_c' }],
      },
    })
    expect(steps).toMatchObject({
      step_a: { status: 'needs-you', output: null },
      step_b: { status: 'running' },
    })
    expect(agents[worker]?.prompt).toEqual(refOf('work'))
  })

  test('once approved is made for the attempts to come, and the step that waited makes one', () => {
    expect(typesAfter(before, ...asked, say('approve'))).toEqual([
      'ApprovalDecided',
      'AgentModified',
      'StepRetried',
      'StepStarted',
    ])
    const task = taskAfter(...asked, say('approve'))
    expect(task.agents[worker]).toMatchObject({ ...better, name: 'worker' })
    expect(task.steps).toMatchObject({
      step_a: { attempt: 2, agentVersion: 2, status: 'retrying' },
      step_b: { attempt: 1 },
    })
    expect(task.steps[stepIdOf('b')]?.agentVersion).toBeUndefined()
  })

  test('is made in the words of whoever approves it otherwise, and the record has both', () => {
    const mine = { prompt: refOf('work, and name three sources'), suggestions: [refOf('be brief')] }
    const events = after(...asked, say('approve', { agent: mine, reason: 'three will do' }))
    const task = fold(events) as BornTask
    expect(task.agents[worker]).toMatchObject(mine)
    const [ask, decided] = approvalEntriesOf(events)
    expect(ask).toMatchObject({
      kind: 'agent',
      agent: worker,
      before: { prompt: refOf('work').sha256, suggestions: [] },
      after: { prompt: better.prompt.sha256 },
    })
    expect(decided).toMatchObject({
      decision: 'approve',
      reason: 'three will do',
      agent: { prompt: mine.prompt.sha256, suggestions: [refOf('be brief').sha256] },
    })
    expect(decided?.['digest']).not.toBe(ask?.['digest'])
    expect(events.find(({ type }) => type === 'AgentModified')?.data).toMatchObject({
      version: 2,
      when: 'next-attempt',
      reason: 'three will do',
    })
  })

  test('once refused leaves the agent as it is, and its step delivers what it has', () => {
    expect(typesAfter(before, ...asked, say('reject'))).toEqual(['ApprovalDecided', 'StepFinished'])
    expect(stepAfter(...asked, say('reject'))).toMatchObject({ output: refOf('one'), attempt: 1 })
    given(...after(...asked))
      .when(say('reject', { reason: ' ' }))
      .rejects('INVALID_INPUT', { field: 'reason' })
  })

  test('can be wanted otherwise: the agent stays, and hears in a further turn what it should do', () => {
    const step = stepAfter(...asked, say('revise', { reason: 'only the first source' }))
    expect(step).toMatchObject({
      attempt: 1,
      status: 'running',
      guidance: [{ text: refOf('only the first source'), by: 'ada' }],
      turns: [{ turn: 1 }, { turn: 2, told: { step: 1 } }],
    })
  })

  test('that nobody decides in time is not made, and nothing else ends by that', () => {
    const { expiresAt } = taskAfter(...asked).approvals[approvalId(question)] ?? { expiresAt: '' }
    expect(typesAfter(before, ...asked, expire(question, expiresAt))).toEqual([
      'ApprovalExpired',
      'StepFinished',
    ])
  })

  test('is void once somebody has changed the agent: they are named, and the step begins anew as the agent is now', () => {
    const events = after(...asked, modifyAgent('next-attempt'))
    expect(events.slice(before).map(({ type }) => type)).toEqual([
      'AgentModified',
      'ApprovalWithdrawn',
      'StepRetried',
      'StepStarted',
    ])
    expect(fold(events)).toMatchObject({ steps: { step_a: { attempt: 2, agentVersion: 2 } } })
    // Also once the task has ended.
    const over = [...asked, modifyAgent('next-attempt'), cancel()]
    for (const late of [events, after(...over)])
      given(...late)
        .when(say('approve'))
        .rejects('APPROVAL_DECIDED', {
          status: 'withdrawn',
          withdrawnBy: 'ada',
          decidedAt: expect.any(String),
          reason: expect.stringContaining('was changed meanwhile'),
        })
  })

  test('is void once its step begins anew', () =>
    expect(taskAfter(...asked, retryStep('a')).approvals[approvalId(question)]).toMatchObject({
      status: 'withdrawn',
    }))

  test('that a person decides while the task is paused is made at once, and its step goes on with it', () => {
    const paused = [...asked, pause(), say('approve')]
    expect(taskAfter(...paused)).toMatchObject({
      agents: { [worker]: better },
      steps: { step_a: { attempt: 1 } },
    })
    expect(stepAfter(...paused, resume())).toMatchObject({ attempt: 2, agentVersion: 2 })
  })

  test('holds for what was seen, is for agents alone, and changes something', () => {
    given(...after(...asked))
      .when(say('approve', { digest: 'f'.repeat(64) }))
      .rejects('APPROVAL_SUPERSEDED')
    given(...after(...asked))
      .when(say('approve', { agent: { prompt: refOf('work') } }))
      .rejects('INVALID_INPUT', { field: 'agent' })
    given(...after(...asked))
      .when(say('reject', { agent: better }))
      .rejects('INVALID_INPUT', { field: 'agent' })
    const gated = createWith({ a: {} }, { autonomy: 'approve-steps' })
    given(...after(gated, decideOn('plan-v1', 'approve')))
      .when(decideOn('step-a', 'approve', { agent: better }))
      .rejects('INVALID_INPUT', { field: 'agent' })
  })

  test('gives tools by an owner alone, whoever words it', () => {
    const tools = ['read_input', 'run_javascript']
    const more = [birth(), answer('a', { text: 'one' }), wants({ tools })]
    expect(taskAfter(...more).approvals[approvalId(question)]).toMatchObject({ mayDecide: 'owner' })
    given(...after(...more))
      .when(byKey(say('approve')))
      .rejects('APPROVAL_NOT_YOURS', { mayDecide: 'owner' })
    given(...after(...asked))
      .when(byKey(say('approve', { agent: { tools } })))
      .rejects('APPROVAL_NOT_YOURS', { mayDecide: 'owner' })
    expect(taskAfter(...asked, byKey(say('approve'))).agents[worker]).toMatchObject(better)
  })

  test('is made unasked where the task says so, but never gives tools', () => {
    const free = [birth({ agentChanges: 'apply' }), answer('a', { text: 'one' })]
    const count = after(...free).length
    expect(typesAfter(count, ...free, wants())).toEqual([
      'CallFinished',
      'ResultJudged',
      'ObserverNoted',
      'AgentModified',
      'StepRetried',
      'StepStarted',
    ])
    expect(taskAfter(...free, wants({ tools: ['read_input', 'more'] }))).toMatchObject({
      approvals: { [approvalId(question)]: { mayDecide: 'owner' } },
    })
  })

  test('is asked about as well while a person is asked about the same agent', () => {
    const both = [
      birth({ agentChanges: 'apply' }),
      answer('a', { text: 'one' }),
      wants({ tools: ['read_input', 'more'] }),
      answer('b', { text: 'two' }),
      judgeResult('b', 'change-agent', { agent: better }),
    ]
    const second = approvalId('agent-b-1-1-j1')
    expect(taskAfter(...both).approvals[second]).toMatchObject({ status: 'open' })
    // The first answer makes the other question void.
    expect(taskAfter(...both, say('approve'))).toMatchObject({
      approvals: { [second]: { status: 'withdrawn' } },
      steps: { step_a: { attempt: 2 }, step_b: { attempt: 2, agentVersion: 2 } },
    })
  })

  test('comes twice at most, and then as a remark: a judge that is never content ends nothing', () => {
    const round = (attempt: number) => [
      answer('a', { text: `try ${attempt}`, attempt }),
      wants({ prompt: refOf(`prompt ${attempt}`) }, { attempt }),
    ]
    const free = birth({ agentChanges: 'apply' })
    const events = after(free, ...round(1), ...round(2), ...round(3))
    const acts = events.flatMap((event) => (event.type === 'ObserverNoted' ? [event.data.act] : []))
    expect(acts).toEqual(['change-agent', 'change-agent', 'revise'])
  })

  test('that says nothing new, or of an agent that is another by now, is a remark', () => {
    for (const agent of [undefined, { prompt: refOf('work') }])
      expect(
        stepAfter(
          birth(),
          answer('a'),
          judgeResult('a', 'change-agent', { ...(agent && { agent }) }),
        ),
      ).toMatchObject({ turns: [{}, { remark: 'so' }] })
    const changed = [birth(), answer('a'), modifyAgent('next-attempt'), wants()]
    expect(taskAfter(...changed).approvals).toEqual({})
  })
})
