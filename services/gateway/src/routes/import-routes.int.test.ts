import { createHash } from 'node:crypto'
import { createTaskLines, readTaskLine } from '@maestro/contracts/task-file/task-lines'
import { connectDatabase } from '@maestro/service-kit/database'
import { startProviderEmulator } from '@maestro/testkit/providers/start-provider-emulator'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startBackedGateway } from '../testing/start-backed-gateway.ts'
import { signedIn } from '../testing/test-gateway.ts'

type Maestro = Awaited<ReturnType<typeof startBackedGateway>>
/** Secret, and so in no file. */
const groqKey = 'gsk_of_that_maestro'
type Content = Record<string, unknown>

let groq: Awaited<ReturnType<typeof startProviderEmulator>>
let there: Maestro
let here: Maestro
let taskId: string
/** As it was exported there, while a person was asked about its plan. */
let file: string
let head: number

const sha256 = (content: string | Buffer) => createHash('sha256').update(content).digest('hex')
const patient = { timeout: 30_000 }

const step = { title: 'Look', agent: 'worker', instruction: 'Look at it.', needs: [], inputs: [] }
const agent = { name: 'worker', prompt: 'Work.', description: 'Works.', tools: [], suggestions: [] }
const promise = { format: 'text', description: 'What was seen.', from: 'answer' }
const plan = {
  agents: [agent],
  steps: [{ ...step, name: 'look', promise }],
  result: 'look',
}

beforeAll(async () => {
  groq = await startProviderEmulator({
    provider: 'groq',
    // The first answer breaks off in the middle, and the call is made again.
    script: {
      rules: [
        { nth: 1, reply: { text: ['It ', 'is '], fault: { kind: 'reset', afterPieces: 1 } } },
      ],
    },
  })
  const router = { GROQ_API_KEY: groqKey, GROQ_BASE_URL: groq.url, OLLAMA_BASE_URL: 'off' }
  ;[there, here] = await Promise.all([
    startBackedGateway({ orchestrator: {}, budget: {}, 'llm-router': router }),
    startBackedGateway({ orchestrator: {}, timeline: {} }),
  ])
  const made = await there.ask('POST', '/api/tasks', {
    goal: 'Look at the größte of them.',
    plan,
    options: { autonomy: 'approve-plan' },
  })
  ;({ taskId, seq: head } = made.body as { taskId: string; seq: number })
  file = (await read(there, `/api/tasks/${taskId}/export.task`)).body
  // Five processes on a loaded machine.
}, 240_000)
afterAll(async () => {
  await Promise.all([there?.stop(), here?.stop()])
  await groq?.close()
})

const read = (of: Maestro, url: string) => of.app.inject({ method: 'GET', url, headers: signedIn })
const bring = async (text: string, { key, type }: { key?: string; type?: string } = {}) => {
  const response = await here.app.inject({
    method: 'POST',
    url: '/api/tasks/import',
    headers: {
      ...signedIn,
      'content-type': type ?? 'application/x-ndjson',
      ...(key !== undefined && { 'idempotency-key': key }),
    },
    payload: text,
  })
  return { status: response.statusCode, body: response.json<Content>() }
}

const contentsOf = (text: string): Content[] =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(readTaskLine(line)?.text ?? '') as Content)
const chained = (contents: readonly unknown[]) => {
  const line = createTaskLines(sha256)
  return contents.map((content) => line(content)).join('')
}
/** The same under another id, as another task that nobody has seen here. */
const renamed = (suffix: string): Content[] =>
  contentsOf(file.replaceAll(taskId.slice('task_'.length), suffix))
const eventsOf = async (of: Maestro, id: string) =>
  (await of.ask('GET', `/api/tasks/${id}/events`)).body as { events: Content[]; head: number }

test('a task comes whole, as it was, and once', async () => {
  const [first, again] = [await bring(file, { key: 'one' }), await bring(file, { key: 'one' })]
  expect(first).toEqual({ status: 201, body: { taskId, seq: head + 1, events: head, missing: 0 } })
  expect(again).toEqual(first)
  expect(await bring(file)).toMatchObject({
    status: 409,
    body: { error: { code: 'TASK_EXISTS', details: { taskId } } },
  })
  const { events } = await eventsOf(here, taskId)
  expect(events.slice(0, head)).toEqual((await eventsOf(there, taskId)).events)
  expect(events[head]).toMatchObject({ type: 'maestro.TaskImported', data: { head } })
  const { state } = (await there.ask('GET', `/api/tasks/${taskId}`)).body as { state: Content }
  // By then the timeline has heard of it.
  await expect
    .poll(
      async () => (await here.ask('GET', `/api/tasks/${taskId}/state?at=${head}`)).body,
      patient,
    )
    .toMatchObject({ seq: head, state })
})

test('nothing of it runs, nothing is asked, and nobody changes it', async () => {
  const sql = connectDatabase(here.databaseOf('orchestrator'), { connectionsMax: 1 })
  expect(await sql`select 1 from effects where task_id = ${taskId}`).toHaveLength(0)
  // Whatever it came in is gone.
  expect(await sql`select 1 from payloads where not named`).toHaveLength(0)
  await sql.end()
  const open = await here.ask('GET', '/api/approvals?status=open')
  expect(open.body).toEqual({ items: [] })
  const approvals = await here.ask('GET', '/api/approvals?status=all')
  const [asked] = (approvals.body as { items: { approvalId: string; status: string }[] }).items
  expect(asked).toMatchObject({ taskId, status: 'withdrawn' })
  const { approvalId } = asked ?? { approvalId: '' }
  const commands: [string, object][] = [
    [`/api/tasks/${taskId}/cancel`, {}],
    [`/api/tasks/${taskId}/resume`, { expectedSeq: 1 }],
    [`/api/approvals/${approvalId}/decision`, { decision: 'approve', expectedSeq: head + 1 }],
  ]
  for (const [url, body] of commands) {
    expect([url, (await here.ask('POST', url, body)).body]).toMatchObject([
      url,
      { error: { code: 'TASK_READ_ONLY', details: { allowed: expect.any(Array) } } },
    ])
  }
  const marked = await here.ask('PUT', `/api/tasks/${taskId}/bookmarks/seen`, { position: head })
  expect(marked.status).toBe(200)
  const tape = await here.ask('POST', `/api/tasks/${taskId}/tape`, { changes: {} })
  expect(tape.body).toMatchObject({ holds: true, eventsCompared: head + 2 })
  const { body } = await here.ask('GET', '/api/tasks')
  expect(body).toMatchObject({ items: [{ taskId, status: 'cancelled', imported: {} }] })
  // It can be handed on as it came.
  const next = contentsOf((await read(here, `/api/tasks/${taskId}/export.task`)).body)
  expect(next.slice(1, head + 1)).toEqual(contentsOf(file).slice(1, head + 1))
})

test('texts that llm-router made elsewhere are read here', async () => {
  const contents = renamed('routed')
  const text = 'said by a model'
  const bytes = Buffer.byteLength(text)
  const place = { service: 'llm-router', sha256: sha256(text), bytes, mediaType: 'text/markdown' }
  const [, first] = contents as [Content, { event: Content }]
  const guidance = {
    event: {
      ...first.event,
      id: `task_routed:${head + 1}`,
      seq: head + 1,
      type: 'maestro.GuidanceGiven',
      data: {
        stepId: null,
        text: { ...place, preview: text },
        taskId: 'task_routed',
        actor: { kind: 'person', id: 'owner' },
      },
    },
  }
  const end = { events: head + 1, payloads: contents.length - head - 1, missing: 0 }
  const whole = [
    { ...contents[0], at: head + 1 },
    ...contents.slice(1, head + 1),
    guidance,
    ...contents.slice(head + 1, -1),
    { payload: place, text },
    { end },
  ]
  expect((await bring(chained(whole))).status).toBe(201)
  expect((await read(here, `/api/payloads/llm-router/${place.sha256}`)).body).toBe(text)
})

/** The state of a task there, once it has ended well. */
const hasSucceeded = async (id: string): Promise<Content> => {
  const read = async () =>
    ((await there.ask('GET', `/api/tasks/${id}`)).body as { state: Content }).state
  await expect.poll(read, { timeout: 60_000 }).toMatchObject({ status: 'succeeded' })
  return read()
}

test('a task with a broken answer and a decision of a person is played here as it was there, at no cost', async () => {
  const made = await there.ask('POST', '/api/tasks', {
    goal: 'Look at it once more.',
    plan: { ...plan, steps: [{ ...plan.steps[0], gate: true }] },
    options: { providers: ['groq'] },
  })
  const { taskId: played } = made.body as { taskId: string }
  const asked = async () => {
    const { body } = await there.ask('GET', '/api/approvals?status=open&limit=200')
    const { items } = body as { items: { taskId: string; approvalId: string; seq: number }[] }
    return items.find((one) => one.taskId === played)
  }
  await expect.poll(asked, patient).toBeDefined()
  const { approvalId = '', seq: expectedSeq = 0 } = (await asked()) ?? {}
  const decision = { decision: 'approve', expectedSeq }
  await there.ask('POST', `/api/approvals/${approvalId}/decision`, decision)
  const state = await hasSucceeded(played)
  const { events } = await eventsOf(there, played)
  const [call] = events.filter(({ type }) => type === 'maestro.CallFinished')
  expect(call).toMatchObject({ data: { facts: { attempts: [{}, {}] } } })

  const whole = (await read(there, `/api/tasks/${played}/export.task`)).body
  expect(whole).not.toContain(groqKey)
  expect(await bring(whole)).toMatchObject({ status: 201, body: { missing: 0 } })
  const playedThere = (await there.ask('POST', `/api/tasks/${played}/tape`, {})).body
  const playedHere = (await here.ask('POST', `/api/tasks/${played}/tape`, {})).body
  expect(playedThere).toMatchObject({ holds: true, requestsCompared: 1 })
  // With the event that says that it was imported, which is regenerated as well.
  expect(playedHere).toMatchObject({
    holds: true,
    divergence: null,
    requestsCompared: 1,
    eventsCompared: events.length + 1,
  })
  const { stateSha256 } = playedHere as { stateSha256: Record<string, string> }
  expect(stateSha256['regenerated']).toBe(stateSha256['recorded'])
  // Nothing here could have asked a model: there is no llm-router.
  const upToThere = (await here.ask('GET', `/api/tasks/${played}/state?at=${events.length}`)).body
  expect(upToThere).toMatchObject({ state })
})

test.each<[string, (contents: Content[]) => string, object]>([
  [
    'was cut',
    (contents) => chained(contents.slice(0, -1)),
    { problem: expect.stringContaining('cut') },
  ],
  [
    'was altered',
    (contents) => chained(contents).replace('"seq":2', '"seq":3'),
    { line: 3, seq: 1, problem: expect.stringContaining('changed') },
  ],
  [
    'is of a format to come',
    ([first, ...others]) => chained([{ ...first, version: 2 }, ...others]),
    { line: 1, problem: expect.stringContaining('version 2') },
  ],
  [
    'has events of a kind to come',
    (contents) =>
      chained(
        JSON.parse(JSON.stringify(contents).replace('maestro.PlanConverged', 'maestro.Moon')),
      ),
    { problem: expect.stringContaining('Moon') },
  ],
  [
    'has an event that does not fit',
    (contents) => chained(JSON.parse(JSON.stringify(contents).replace('"planGiven":true,', ''))),
    { line: 2, problem: expect.stringContaining('planGiven') },
  ],
  [
    'lacks a text',
    (contents) => {
      const at = contents.findIndex((content) => 'payload' in content)
      const { payloads, ...end } = (contents.at(-1) as { end: { payloads: number } }).end
      const last = { end: { ...end, payloads: payloads - 1 } }
      return chained([...contents.toSpliced(at, 1).slice(0, -1), last])
    },
    { problem: expect.stringContaining('neither in it nor told as missing') },
  ],
  [
    'names an approval of another task',
    (contents) =>
      chained(JSON.parse(JSON.stringify(contents).replaceAll('apr_refused', 'apr_own'))),
    { problem: expect.stringContaining('of another task') },
  ],
  [
    'happened in a time to come',
    (contents) =>
      chained(
        JSON.parse(
          JSON.stringify(contents).replaceAll(/"time":"\d{4}/g, `"time":"2999`),
        ) as Content[],
      ),
    { line: 2, problem: expect.stringContaining('to come') },
  ],
  ['is something else', () => 'a,b\n1,2\n', { line: 1 }],
])('a file that %s is refused at its place, and leaves nothing', async (_, change, details) => {
  const { status, body } = await bring(change(renamed('refused')))
  expect({ status, body }).toMatchObject({
    status: 422,
    body: { error: { code: 'TASK_FILE_REFUSED', details } },
  })
  expect((await read(here, '/api/tasks/task_refused')).statusCode).toBe(404)
})

test('what is no file, and a key that was used for another one, are told apart', async () => {
  expect((await bring('{}', { type: 'application/json' })).body).toMatchObject({
    error: { code: 'UNSUPPORTED_MEDIA_TYPE', details: { taken: ['application/x-ndjson'] } },
  })
  expect((await bring('a,b', { type: 'text/csv' })).body).toMatchObject({
    error: { code: 'UNSUPPORTED_MEDIA_TYPE', details: { taken: ['application/x-ndjson'] } },
  })
  expect((await bring('')).body).toMatchObject({ error: { code: 'INVALID_INPUT' } })
  expect((await bring(chained(renamed('other')), { key: 'one' })).body).toMatchObject({
    error: { code: 'IDEMPOTENCY_CONFLICT' },
  })
})
