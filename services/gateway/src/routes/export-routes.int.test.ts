import { createHash } from 'node:crypto'
import { TaskId } from '@maestro/contracts/ids'
import {
  type CheckedTaskFile,
  createTaskFileCheck,
} from '@maestro/contracts/task-file/check-task-file'
import { defaultTaskOptions } from '@maestro/contracts/task/task-options'
import { connectNats } from '@maestro/service-kit/connect-nats'
import { createLogger } from '@maestro/service-kit/logger'
import type { NatsConnection } from '@maestro/service-kit/nats'
import { implement, serve } from '@maestro/service-kit/serve'
import { getTaskAnalytics } from '@maestro/contracts/timeline/analytics-endpoints'
import { type PrivateNats, startPrivateNats } from '@maestro/testkit/infrastructure/test-nats'
import { extractText } from 'unpdf'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { signedIn, startTestGateway } from '../testing/test-gateway.ts'
import { startTinyOrchestrator, type TinyOrchestrator } from '../testing/tiny-orchestrator.ts'

let bus: PrivateNats
let orchestrator: TinyOrchestrator
let timeline: NatsConnection
let gateway: Awaited<ReturnType<typeof startTestGateway>>
const taskId = TaskId.parse('task_exported')
/** More than two pages of what is read at once. */
const head = 1_203

beforeAll(async () => {
  bus = await startPrivateNats()
  orchestrator = await startTinyOrchestrator(bus.env('orchestrator'))
  gateway = await startTestGateway({ natsEnv: bus.env('gateway') })
  timeline = await connectNats(bus.env('timeline'), 'tiny-timeline')
  const log = createLogger({ service: 'tiny-timeline', copy: 'test', level: 'silent' })
  await serve({ nats: timeline, log, service: 'timeline', version: '0.0.1' }, [
    implement(getTaskAnalytics, async ({ taskId: of, at }) => {
      analysedAt.push(at)
      writeMeanwhile()
      return { taskId: of, seq: at ?? 1, ...nothingRan }
    }),
  ])
  for (let note = 1; note <= head; note += 1) {
    orchestrator.record(taskId, 'TaskPaused', { reason: 'person', note: `=note "${note}"` })
  }
})
afterAll(async () => {
  await gateway?.stop()
  await orchestrator?.stop()
  await timeline?.close()
  await bus?.stop()
})

const get = (path: string) =>
  gateway.app.inject({ method: 'GET', url: `/api/tasks/${path}`, headers: signedIn })

const then = '2026-01-01T00:00:00.000Z'
const noTime = { modelMs: 0, toolMs: 0, personMs: 0, backoffMs: 0, queueMs: 0, otherMs: 0 }
const nothingRan = {
  startedAt: then,
  endedAt: then,
  durationMs: 0,
  time: noTime,
  steps: [],
  criticalPath: [],
  bottlenecks: { steps: [], agents: [] },
  agents: [],
  models: [],
}
let writeMeanwhile = () => {}
/** Up to which events the timeline was asked. */
const analysedAt: (number | null)[] = []

const check = (text: string): CheckedTaskFile => {
  const sha256 = (content: string | Buffer) => createHash('sha256').update(content).digest('hex')
  const file = createTaskFileCheck(sha256, (base64) => sha256(Buffer.from(base64, 'base64')))
  const lines = text.split('\n').slice(0, -1)
  return (
    lines.reduce<CheckedTaskFile | null>((found, line) => found ?? file.take(line), null) ??
    file.end()
  )
}

test('a task is a file with every event once, whole or up to one of them', async () => {
  const whole = await get(`${taskId}/export.json`)
  expect(whole.headers['content-disposition']).toBe(`attachment; filename="${taskId}.json"`)
  const { at, events } = whole.json<{ at: number; events: { seq: number }[] }>()
  expect(at).toBe(head)
  expect(events.map(({ seq }) => seq)).toEqual(
    Array.from({ length: head }, (_, index) => index + 1),
  )
  const part = await get(`${taskId}/export.json?at=701`)
  expect(part.json<{ events: unknown[] }>().events).toEqual(events.slice(0, 701))
})

test('as CSV it has one line for each event, and one for each call that ended', async () => {
  const lines = (await get(`${taskId}/export.csv?at=3`)).body.trim().split('\r\n')
  expect(lines.map((line) => line.split(',')[0])).toEqual(['seq', '1', '2', '3'])
  expect(lines[2]).toContain('""note"":""=note')
  const costs = await get(`${taskId}/export.csv?of=costs`)
  expect(costs.body.trim().split('\r\n')).toHaveLength(1)
})

test('as one file every event and every text that it names stands once, and a change of it shows', async () => {
  const lost = { service: 'orchestrator', bytes: 1, mediaType: 'text/plain', preview: '' }
  orchestrator.record(taskId, 'GuidanceGiven', {
    stepId: null,
    text: { ...lost, sha256: 'a'.repeat(64) },
  })
  const { body } = await get(`${taskId}/export.task`)
  expect(check(body)).toMatchObject({ ok: true, taskId, events: head + 1, missing: 1 })
  const altered = body.replace('"seq":700', '"seq":701')
  expect(check(altered)).toMatchObject({ ok: false, line: 701, seq: 699 })
  expect(check(`${body.slice(0, -1).split('\n').slice(0, -1).join('\n')}\n`)).toMatchObject({
    ok: false,
    problem: expect.stringContaining('cut'),
  })
})

test('a task that is written to meanwhile is exported as it stood when one asked, in every file', async () => {
  const growing = TaskId.parse('task_growing')
  const goal = {
    service: 'orchestrator',
    sha256: 'b'.repeat(64),
    bytes: 4,
    mediaType: 'text/plain',
  }
  orchestrator.record(growing, 'TaskCreated', {
    title: 'It grows',
    goal: { ...goal, preview: 'Grow' },
    inputs: [],
    options: defaultTaskOptions,
    planGiven: false,
  })
  const write = (count: number) => {
    for (let note = 0; note < count; note += 1) {
      orchestrator.record(growing, 'TaskPaused', { reason: 'person', note: 'on and on' })
    }
  }
  write(1_100)
  /** From the second page on there is more each time that one asks. */
  const keepWriting = () => {
    const more = async () => {
      write(200)
      orchestrator.troubles.set('getTaskEvents', more)
    }
    orchestrator.troubles.set('getTaskEvents', async () => {
      orchestrator.troubles.set('getTaskEvents', more)
    })
  }
  const headNow = () => orchestrator.tasks.get(growing)?.events.length ?? 0
  const during = async (file: string) => {
    const before = headNow()
    keepWriting()
    const answer = await get(`${growing}/${file}`)
    orchestrator.troubles.delete('getTaskEvents')
    expect(headNow()).toBeGreaterThan(before)
    return { before, answer }
  }
  const json = await during('export.json')
  const { at, events } = json.answer.json<{ at: number; events: { seq: number }[] }>()
  expect([at, events.length, events.at(-1)?.seq]).toEqual(Array(3).fill(json.before))
  const report = await during('export.md')
  const told = [...report.answer.body.matchAll(/at event (\d+)/g)].map(([, seq]) => seq)
  expect(told.length).toBeGreaterThan(0)
  expect(new Set(told)).toEqual(new Set([String(report.before)]))
  const pdf = await during('export.pdf')
  const pages = await extractText(new Uint8Array(pdf.answer.rawPayload), { mergePages: true })
  const printed = [...pages.text.matchAll(/at event (\d+)/g)].map(([, seq]) => seq)
  expect(new Set(printed)).toEqual(new Set([String(pdf.before)]))
  writeMeanwhile = () => write(200)
  for (const kind of ['events', 'costs', 'steps']) {
    const csv = await during(`export.csv?of=${kind}`)
    expect([kind, csv.answer.headers['x-task-seq']]).toEqual([kind, String(csv.before)])
    const lines = csv.answer.body.trim().split('\r\n')
    if (kind === 'steps') expect(analysedAt.at(-1)).toBe(csv.before)
    if (kind === 'events') expect(lines.at(-1)).toMatch(new RegExp(`^${csv.before},`))
  }
  const file = await during('export.task')
  expect(check(file.answer.body)).toMatchObject({ ok: true, events: file.before })
}, 60_000)

test.each([
  [`${taskId}/export.csv?at=${head + 2}`, 'AFTER_BEYOND_HEAD'],
  [`${taskId}/export.csv?at=0`, 'INVALID_INPUT'],
  [`${taskId}/export.json?at=-1`, 'INVALID_INPUT'],
  [`${taskId}/export.json?at=soon`, 'INVALID_INPUT'],
  [`${taskId}/export.csv?of=dreams`, 'INVALID_INPUT'],
  [`${taskId}/export.pdf?at=${head + 2}`, 'AFTER_BEYOND_HEAD'],
  [`${taskId}/export.pdf?at=0`, 'INVALID_INPUT'],
  [`${taskId}/export.md?at=soon`, 'INVALID_INPUT'],
  ['task_nowhere/export.json', 'NOT_FOUND'],
  ['task_nowhere/export.pdf', 'NOT_FOUND'],
])('%s is refused', async (path, code) => {
  expect((await get(path)).json()).toMatchObject({ error: { code } })
})
