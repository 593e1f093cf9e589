import { createHash } from 'node:crypto'
import { TaskId } from '@maestro/contracts/ids'
import {
  type CheckedTaskFile,
  createTaskFileCheck,
} from '@maestro/contracts/task-file/check-task-file'
import { type PrivateNats, startPrivateNats } from '@maestro/testkit/infrastructure/test-nats'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { signedIn, startTestGateway } from '../testing/test-gateway.ts'
import { startTinyOrchestrator, type TinyOrchestrator } from '../testing/tiny-orchestrator.ts'

let bus: PrivateNats
let orchestrator: TinyOrchestrator
let gateway: Awaited<ReturnType<typeof startTestGateway>>
const taskId = TaskId.parse('task_exported')
/** More than two pages of what is read at once. */
const head = 1_203

beforeAll(async () => {
  bus = await startPrivateNats()
  orchestrator = await startTinyOrchestrator(bus.env('orchestrator'))
  gateway = await startTestGateway({ natsEnv: bus.env('gateway') })
  for (let note = 1; note <= head; note += 1) {
    orchestrator.record(taskId, 'TaskPaused', { reason: 'person', note: `=note "${note}"` })
  }
})
afterAll(async () => {
  await gateway?.stop()
  await orchestrator?.stop()
  await bus?.stop()
})

const get = (path: string) =>
  gateway.app.inject({ method: 'GET', url: `/api/tasks/${path}`, headers: signedIn })

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
  const check = (text: string) => {
    const sha256 = (content: string | Buffer) => createHash('sha256').update(content).digest('hex')
    const file = createTaskFileCheck(sha256, (base64) => sha256(Buffer.from(base64, 'base64')))
    const lines = text.split('\n').slice(0, -1)
    return (
      lines.reduce<CheckedTaskFile | null>((found, line) => found ?? file.take(line), null) ??
      file.end()
    )
  }
  expect(check(body)).toMatchObject({ ok: true, taskId, events: head + 1, missing: 1 })
  const altered = body.replace('"seq":700', '"seq":701')
  expect(check(altered)).toMatchObject({ ok: false, line: 701, seq: 699 })
  expect(check(`${body.slice(0, -1).split('\n').slice(0, -1).join('\n')}\n`)).toMatchObject({
    ok: false,
    problem: expect.stringContaining('cut'),
  })
})

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
