import type { CallWork } from '@maestro/contracts/llm/call-work'
import { approvalIdOf, stepIdOf, type TaskId } from '@maestro/contracts/ids'
import type { TaskEvent } from '@maestro/contracts/task/task-events'
import { newTaskId } from '@maestro/service-kit/new-id'
import { payloadOf } from '@maestro/service-kit/payload'
import { decide } from '@maestro/task-model/decide'
import type { TaskCommand } from '@maestro/task-model/task-command'
import { ada } from '@maestro/task-model/testing/task-fixtures'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { editsFromDrafts } from '../plan/edits-from-drafts.ts'
import { rolesNow } from '../roles/roles-now.ts'
import { noFacts } from '../testing/router-peer.ts'
import { openTestStage, type TestStage } from '../testing/open-test-stage.ts'
import { creation, planNeeding } from '../testing/task-commands.ts'
import { playTape } from './play-tape.ts'
import type { Script } from './tape-world.ts'

const patient = { timeout: 45_000 }
let stage: TestStage
beforeAll(async () => {
  stage = await openTestStage()
})
afterAll(() => stage.close())

const becomes = (taskId: TaskId, status: string) =>
  expect.poll(async () => (await stage.stateOf(taskId)).status, patient).toBe(status)

type Said = TaskCommand extends infer Each
  ? Each extends unknown
    ? Omit<Each, 'at' | 'actor'>
    : never
  : never
const say = (taskId: TaskId, command: Said, payloads: Parameters<typeof payloadOf>[1][] = []) =>
  stage.copy.commands.handle({
    taskId,
    command: { ...command, at: new Date().toISOString(), actor: ada },
    payloads: payloads.map((text) => payloadOf('orchestrator', text, 'text/markdown')),
  })

const eventsOf = async (taskId: TaskId): Promise<Script> => {
  const [first, ...others] = await stage.copy.events.read(taskId, 0, 1_000)
  if (first === undefined) throw new Error('no such task')
  return [first, ...others]
}
const found = (events: readonly TaskEvent[], type: TaskEvent['type'], more = '') =>
  events.find((event) => event.type === type && JSON.stringify(event.data).includes(more))?.seq

const verdict = JSON.stringify({
  verdict: 'approve',
  score: 0.9,
  findings: [],
  summary: 'It is good.',
})
const drafted = planNeeding({ look: [], write: ['look'] }, { tools: ['read_input'] })

/** Drafts with one broken answer, uses a tool, fails over once, and writes. */
const model = ({ callId, purpose }: CallWork) => {
  if (purpose === 'plan') {
    if (callId.endsWith('_1')) return { text: 'What plan?' }
    return { text: JSON.stringify({ plan: drafted, rationale: 'It is short.', replies: [] }) }
  }
  if (purpose.startsWith('judge')) return { text: verdict }
  if (callId.endsWith('_look_1_1')) {
    const toolCalls = [{ id: 't1', name: 'read_input', argumentsText: '{"name":"none.txt"}' }]
    return { toolCalls, finish: 'tool_calls' as const }
  }
  if (callId.endsWith('_look_1_2')) {
    return {
      reply: {
        outcome: 'failed' as const,
        callId,
        failure: { class: 'timeout' as const, message: 'Nobody answered.', refusal: null },
        facts: noFacts,
      },
    }
  }
  return { text: 'done' }
}

const recordDrafted = async () => {
  stage.router.answerWith(model)
  const taskId = newTaskId()
  await stage.copy.commands.handle(
    creation(taskId, { plan: null, options: { autonomy: 'approve-plan' } }),
  )
  await becomes(taskId, 'awaiting-approval')
  await say(taskId, {
    type: 'DecideApproval',
    approvalId: approvalIdOf(taskId, 'plan-v1'),
    decision: 'approve',
    reason: '',
    guidance: null,
  })
  await expect
    .poll(async () => (await stage.stateOf(taskId)).steps[stepIdOf('look')]?.status, patient)
    .toBe('needs-you')
  const { approvals } = await stage.stateOf(taskId)
  const [failure] = Object.values(approvals).filter(({ kind }) => kind === 'failure')
  if (failure === undefined) throw new Error('nobody was asked about the failure')
  await say(taskId, {
    type: 'DecideApproval',
    approvalId: failure.approvalId,
    decision: 'retry',
    reason: 'once more',
    guidance: null,
  })
  await becomes(taskId, 'succeeded')
  return taskId
}

test('a drafted task with a repair, a tool, a failure and two answers of a person comes again, with every request', async () => {
  const taskId = await recordDrafted()
  const events = await eventsOf(taskId)
  const asked = stage.router.asked.length
  const tape = await stage.tapeOf(taskId)
  expect(tape).toMatchObject({ holds: true, divergence: null, eventsCompared: events.length })
  expect(tape.stateSha256.regenerated).toBe(tape.stateSha256.recorded)
  const calls = events.filter(({ type }) => type === 'CallFinished' || type === 'CallFailed')
  expect(tape.requestsCompared).toBe(calls.length)
  expect(stage.router.asked).toHaveLength(asked)
})

test('another prompt is found at the first call that would be told it, and nowhere before', async () => {
  const taskId = await recordDrafted()
  const events = await eventsOf(taskId)
  const role = await stage.tapeOf(taskId, { roles: { planner: 1 } })
  expect(role).toMatchObject({
    holds: false,
    divergence: {
      seq: found(events, 'CallFinished', '"purpose":"plan"'),
      type: 'CallFinished',
      kind: 'different',
      field: 'asked.system',
    },
  })
  const agent = await stage.tapeOf(taskId, { prompts: { worker: 'Work differently.' } })
  expect(agent.divergence).toMatchObject({
    seq: found(events, 'CallFinished', '"purpose":"step"'),
    field: 'asked.system',
  })
  expect(agent.divergence?.recorded).not.toEqual(agent.divergence?.regenerated)
  expect(agent.stateSha256.regenerated).toBeNull()
})

test('what there is not cannot be changed, and says what there is', async () => {
  const taskId = await recordDrafted()
  await expect(stage.tapeOf(taskId, { prompts: { nobody: 'x' } })).rejects.toMatchObject({
    code: 'INVALID_INPUT',
    details: { reason: expect.stringContaining('it has: worker') },
  })
  await expect(stage.tapeOf(taskId, { roles: { planner: 99 } })).rejects.toMatchObject({
    code: 'INVALID_INPUT',
  })
  await expect(stage.tapeOf(newTaskId())).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

test('other rules, an altered event and a lost answer are found where they begin', async () => {
  const taskId = await recordDrafted()
  const events = await eventsOf(taskId)
  const { payloads, registry } = stage
  const world = { payloads, registry, roles: rolesNow, prompts: new Map() }
  expect(await playTape(events, world)).toMatchObject({ holds: true })

  const impatient: typeof decide = (command, task) =>
    decide(command, task).filter(({ type }) => type !== 'TurnStarted')
  expect((await playTape(events, world, { decide: impatient })).divergence).toMatchObject({
    seq: found(events, 'TurnStarted'),
    kind: 'missing',
  })

  const at = found(events, 'StepFinished') ?? 0
  const altered = events.map((event) =>
    event.type === 'StepFinished' && event.seq === at
      ? { ...event, data: { ...event.data, output: { ...event.data.output, bytes: 1 } } }
      : event,
  )
  const [first = events[0], ...others] = altered
  expect((await playTape([first, ...others], world)).divergence).toMatchObject({
    seq: at,
    type: 'StepFinished',
    field: 'output.bytes',
  })

  const forgetful: typeof payloads = {
    readText: (ref) =>
      ref.service === 'llm-router' ? Promise.reject(new Error('gone')) : payloads.readText(ref),
  }
  expect((await playTape(events, { ...world, payloads: forgetful })).divergence).toMatchObject({
    seq: found(events, 'CallFinished'),
    kind: 'lost',
  })

  // An answer that nobody asked for.
  const without = events.filter(({ type }) => type !== 'ToolCalled')
  const renumbered = without.map((event, index) => ({ ...event, seq: index + 1 }))
  const [begin = events[0], ...rest] = renumbered
  expect((await playTape([begin, ...rest], world)).holds).toBe(false)
})

test('a task from before a text was glimpsed once comes again as it was', async () => {
  const events = await eventsOf(await recordDrafted())
  const glimpsed = events.map((event): TaskEvent => {
    if (event.type !== 'CallFinished' && event.type !== 'CallFailed') return event
    // Requests were not recorded at that time either.
    if (event.type === 'CallFailed') return { ...event, data: { ...event.data, asked: undefined } }
    const answer = { ...event.data.answer, preview: 'What it began with' }
    return { ...event, data: { ...event.data, asked: undefined, answer } }
  })
  const [first = events[0], ...others] = glimpsed
  const { payloads, registry } = stage
  const world = { payloads, registry, roles: rolesNow, prompts: new Map() }
  expect(await playTape([first, ...others], world)).toMatchObject({
    holds: true,
    divergence: null,
    eventsCompared: events.length,
  })
})

test('a rerun that withdraws a question about a step comes again', async () => {
  stage.router.answerWith(() => ({ text: 'done' }))
  const taskId = newTaskId()
  const plan = planNeeding({ a: [], b: ['a'] })
  const [a, b] = plan.steps
  if (a === undefined || b === undefined) throw new Error('two steps')
  const gated = { ...plan, steps: [a, { ...b, gate: true as const }] }
  await stage.copy.commands.handle(creation(taskId, { plan: gated }))
  await expect
    .poll(async () => (await stage.stateOf(taskId)).steps[stepIdOf('b')]?.status, patient)
    .toBe('needs-you')
  await say(taskId, { type: 'RerunFrom', stepId: stepIdOf('a'), reason: 'anew', seen: null })
  const events = await eventsOf(taskId)
  const at = found(events, 'ApprovalWithdrawn') ?? 0
  expect(events[at]?.type).toBe('StepReset')
  await say(taskId, { type: 'CancelTask', reason: 'enough' })
  const tape = await stage.tapeOf(taskId)
  expect(tape).toMatchObject({ holds: true, divergence: null })
})

test('whatever people do to a task that runs comes again as they did it', async () => {
  let hold = true
  stage.router.answerWith(({ callId }) =>
    hold && callId.endsWith('_b_1_1') ? null : { text: 'done' },
  )
  const taskId = newTaskId()
  const plan = planNeeding({ a: [], b: ['a'], c: ['b'], d: ['c'] })
  await stage.copy.commands.handle(creation(taskId, { plan }))
  const isAt = (step: string, status: string) =>
    expect
      .poll(async () => (await stage.stateOf(taskId)).steps[stepIdOf(step)]?.status, patient)
      .toBe(status)
  await isAt('b', 'running')
  const words = (text: string) => payloadOf('orchestrator', text, 'text/markdown').ref
  await say(taskId, { type: 'SetBookmark', name: 'begin', position: 2 })
  await say(taskId, { type: 'GiveGuidance', stepId: null, text: words('Mind it.') }, ['Mind it.'])
  await say(taskId, { type: 'SetBreakpoint', stepId: stepIdOf('d'), isSet: true })
  const { written, payloads } = editsFromDrafts(
    taskId,
    [{ kind: 'set-gate', step: 'c', gate: true }],
    stage.registry.specs(),
  )
  await stage.copy.commands.handle({
    taskId,
    command: {
      type: 'EditPlan',
      baseVersion: 1,
      reason: 'look at it first',
      ...written,
      at: new Date().toISOString(),
      actor: ada,
    },
    payloads,
  })
  const [agent] = Object.values((await stage.stateOf(taskId)).agents)
  if (agent === undefined) throw new Error('no agent')
  const better = 'Work better.'
  await say(
    taskId,
    {
      type: 'ModifyAgent',
      agentId: agent.agentId,
      version: 1,
      changes: { prompt: words(better) },
      when: 'next-attempt',
      reason: 'it was lazy',
    },
    [better],
  )
  hold = false
  await say(
    taskId,
    { type: 'RetryStep', stepId: stepIdOf('b'), reason: 'slow', guidance: words('Go on.') },
    ['Go on.'],
  )
  await isAt('c', 'needs-you')
  const gate = Object.values((await stage.stateOf(taskId)).approvals).find(
    ({ status }) => status === 'open',
  )
  if (gate === undefined) throw new Error('nobody was asked')
  await say(taskId, {
    type: 'DecideApproval',
    approvalId: gate.approvalId,
    decision: 'approve',
    reason: '',
    guidance: null,
  })
  await becomes(taskId, 'paused')
  await say(taskId, { type: 'RerunFrom', stepId: stepIdOf('a'), reason: 'all of it', seen: null })
  await say(taskId, { type: 'ResumeTask' })
  await say(taskId, { type: 'SkipStep', stepId: stepIdOf('d'), reason: 'not needed' })
    .then(() => undefined)
    .catch(() => undefined)
  await say(taskId, { type: 'CancelTask', reason: 'enough' }).catch(() => undefined)
  const tape = await stage.tapeOf(taskId)
  expect(tape.divergence).toBeNull()
  expect(tape.commands).toBeGreaterThan(12)
})
