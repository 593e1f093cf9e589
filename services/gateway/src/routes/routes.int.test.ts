import { httpRoutes } from '@maestro/contracts/gateway/http-routes'
import { liveFeedPath } from '@maestro/contracts/gateway/live-feed'
import { TaskLine } from '@maestro/contracts/gateway/http-task'
import { TaskId } from '@maestro/contracts/ids'
import { type PrivateNats, startPrivateNats } from '@maestro/testkit/infrastructure/test-nats'
import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { registeredRoutes } from '../testing/registered-routes.ts'
import { signedIn, startTestGateway } from '../testing/test-gateway.ts'
import { startTinyOrchestrator, type TinyOrchestrator } from '../testing/tiny-orchestrator.ts'

// Its own: on a bus that others share, their orchestrators would answer half of what is asked here.
let bus: PrivateNats
let orchestrator: TinyOrchestrator
let gateway: Awaited<ReturnType<typeof startTestGateway>>

beforeAll(async () => {
  bus = await startPrivateNats()
  orchestrator = await startTinyOrchestrator(bus.env('orchestrator'))
  gateway = await startTestGateway({ natsEnv: bus.env('gateway') })
})
afterAll(async () => {
  await gateway?.stop()
  await orchestrator?.stop()
  await bus?.stop()
})

const post = (url: string, payload: unknown, headers: Record<string, string> = {}) =>
  gateway.app.inject({
    method: 'POST',
    url,
    headers: { ...signedIn, 'content-type': 'application/json', ...headers },
    payload: typeof payload === 'string' ? payload : JSON.stringify(payload),
  })
const get = (url: string, headers: Record<string, string> = {}) =>
  gateway.app.inject({ method: 'GET', url, headers: { ...signedIn, ...headers } })

type Answer = { statusCode: number; json: () => unknown; headers: Record<string, unknown> }
const errorOf = (response: Answer) => {
  const { error } = response.json() as {
    error: { code: string; message: string; details: Record<string, unknown>; requestId: string }
  }
  expect(error.requestId).toBe(response.headers['x-request-id'])
  return { status: response.statusCode, ...error }
}

const goal = 'Which months were the wettest?'
const csv = { name: 'weather.csv', text: 'date,rain\n2026-01-01,3\n' }
const createdTasks = () => orchestrator.asked.filter(({ name }) => name === 'createTask')

test('every route of the contract is registered, and no other', () => {
  const contract = Object.values(httpRoutes).map(({ method, path }) => `${method} ${path}`)
  const rest = [`GET ${liveFeedPath}`, 'GET *']
  expect(registeredRoutes(gateway.app).sort()).toEqual([...contract, ...rest].sort())
})

describe('a new task', () => {
  test('is created with its files uploaded and every default filled in', async () => {
    const response = await post('/api/tasks', {
      goal,
      inputs: [csv, { name: 'notes.md', base64: Buffer.from('# Notes').toString('base64') }],
      options: { autonomy: 'approve-plan', limits: { costUsd: '0.50' } },
    })
    expect(response.statusCode).toBe(201)
    const { taskId } = response.json<{ taskId: TaskId; seq: number }>()
    const made = orchestrator.tasks.get(taskId)?.made
    expect(made).toMatchObject({
      goal,
      plan: null,
      options: {
        autonomy: 'approve-plan',
        providers: [],
        limits: { costNanoUsd: 500_000_000, turnsMax: 12 },
        drafting: { roundsMax: 4 },
      },
      inputs: [
        { name: 'weather.csv', mediaType: 'text/csv' },
        { name: 'notes.md', mediaType: 'text/markdown' },
      ],
    })
    const stored = orchestrator.payloads.get(made?.inputs[0]?.content.sha256 ?? '')
    expect(stored?.content.toString()).toBe(csv.text)
    expect(createdTasks().at(-1)?.context).toMatchObject({ actor: { kind: 'person', id: 'owner' } })
  })

  test('takes an input of exactly 8 MiB, in chunks, and gives it back byte by byte', async () => {
    const text = randomBytes(4 * 1024 * 1024).toString('hex')
    const response = await post('/api/tasks', { goal, inputs: [{ name: 'large.txt', text }] })
    expect(response.statusCode).toBe(201)
    const { taskId } = response.json<{ taskId: TaskId }>()
    const content = orchestrator.tasks.get(taskId)?.made?.inputs[0]?.content
    const back = await get(`/api/payloads/orchestrator/${content?.sha256}`)
    expect(back.headers).toMatchObject({
      'content-length': String(text.length),
      'content-type': 'text/plain; charset=utf-8',
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, max-age=31536000, immutable',
    })
    expect(back.body === text).toBe(true)
    const again = await get(`/api/payloads/orchestrator/${content?.sha256}`, {
      'if-none-match': String(back.headers['etag']),
    })
    expect(again.statusCode).toBe(304)
    expect(again.body).toBe('')
  })

  test.each([
    ['a goal that is empty', { goal: ' \n' }, 400, 'INVALID_INPUT'],
    ['a goal over 20,000 characters', { goal: 'x'.repeat(20_001) }, 400, 'INVALID_INPUT'],
    ['an unknown field', { goal, gaol: 1 }, 400, 'INVALID_INPUT'],
    ['an unknown option', { goal, options: { speed: 'fast' } }, 400, 'INVALID_INPUT'],
    [
      'money that is a number',
      { goal, options: { limits: { costUsd: 0.5 } } },
      400,
      'INVALID_INPUT',
    ],
    [
      'an input over its limit',
      { goal, inputs: [{ name: 'big.txt', text: 'x'.repeat(8 * 1024 * 1024 + 1) }] },
      413,
      'PAYLOAD_TOO_LARGE',
    ],
    [
      'an input of an unknown kind',
      { goal, inputs: [{ name: 'cat.png', base64: 'AAAA' }] },
      415,
      'UNSUPPORTED_MEDIA_TYPE',
    ],
    ['two inputs of one name', { goal, inputs: [csv, csv] }, 400, 'INVALID_INPUT'],
    ['an input with no content', { goal, inputs: [{ name: 'a.txt' }] }, 400, 'INVALID_INPUT'],
    [
      'an input with a path',
      { goal, inputs: [{ name: '../a.txt', text: 'a' }] },
      400,
      'INVALID_INPUT',
    ],
    [
      'bytes that are no text',
      { goal, inputs: [{ name: 'a.txt', base64: Buffer.from([0xc3, 0x28]).toString('base64') }] },
      400,
      'INVALID_INPUT',
    ],
    [
      'what is no base64',
      { goal, inputs: [{ name: 'a.txt', base64: 'no base64!' }] },
      400,
      'INVALID_INPUT',
    ],
    [
      'a JSON file that is no JSON',
      { goal, inputs: [{ name: 'a.json', text: '{"a":' }] },
      400,
      'INVALID_INPUT',
    ],
    ['a NUL character', { goal: 'a\0b' }, 400, 'INVALID_INPUT'],
    ['a plan without steps', { goal, plan: { agents: [], steps: [] } }, 400, 'INVALID_INPUT'],
  ])('is refused for %s, and nothing is created', async (_what, body, status, code) => {
    const before = createdTasks().length
    const stored = orchestrator.payloads.size
    const error = errorOf(await post('/api/tasks', body))
    expect(error).toMatchObject({ status, code })
    expect(Object.keys(error.details).length).toBeGreaterThan(0)
    expect(createdTasks()).toHaveLength(before)
    expect(orchestrator.payloads.size).toBe(stored)
  })

  test('says which input is too large, and which kinds are taken', async () => {
    const large = { name: 'big.txt', text: 'x'.repeat(8 * 1024 * 1024 + 1) }
    const tooLarge = errorOf(await post('/api/tasks', { goal, inputs: [large] }))
    expect(tooLarge.details).toMatchObject({ input: 'big.txt', bytesMax: 8 * 1024 * 1024 })
    const unknown = { name: 'cat.png', mediaType: 'image/png', base64: 'AAAA' }
    const error = errorOf(await post('/api/tasks', { goal, inputs: [unknown] }))
    expect(error.details).toMatchObject({ input: 'cat.png', mediaType: 'image/png' })
    expect(Object.keys(error.details['taken'] as object)).toContain('text/csv')
  })

  test('over the bound of the whole request is refused', async () => {
    const inputs = [1, 2, 3, 4, 5].map((n) => ({ name: `${n}.txt`, text: 'x'.repeat(7_000_000) }))
    expect(errorOf(await post('/api/tasks', { goal, inputs }))).toMatchObject({
      status: 413,
      code: 'PAYLOAD_TOO_LARGE',
      details: { bytesMax: 32 * 1024 * 1024 },
    })
  })
})

describe('an idempotency key', () => {
  test('gets the same answer again, and one task', async () => {
    const key = { 'idempotency-key': 'once' }
    const first = await post('/api/tasks', { goal, inputs: [csv] }, key)
    const before = createdTasks().length
    const second = await post('/api/tasks', { goal, inputs: [csv] }, key)
    expect(second.statusCode).toBe(201)
    expect(second.json()).toEqual(first.json())
    expect(second.headers['idempotency-replayed']).toBe('true')
    expect(createdTasks()).toHaveLength(before)
  })

  test('with another body is refused', async () => {
    const key = { 'idempotency-key': 'two bodies'.replace(' ', '-') }
    await post('/api/tasks', { goal }, key)
    expect(errorOf(await post('/api/tasks', { goal: 'Another goal' }, key))).toMatchObject({
      status: 409,
      code: 'IDEMPOTENCY_CONFLICT',
    })
    expect(errorOf(await post('/api/tasks/task_1/pause', {}, key)).code).toBe(
      'IDEMPOTENCY_CONFLICT',
    )
  })

  test('sent by twins at the same moment makes one task', async () => {
    const before = createdTasks().length
    const key = { 'idempotency-key': 'twins' }
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => post('/api/tasks', { goal }, key)),
    )
    expect(new Set(answers.map(({ body }) => body)).size).toBe(1)
    expect(answers.every(({ statusCode }) => statusCode === 201)).toBe(true)
    expect(createdTasks()).toHaveLength(before + 1)
  })

  test('after a failure for a passing reason asks again for the same task', async () => {
    const key = { 'idempotency-key': 'passing' }
    // The task is made, but the answer does not come back.
    orchestrator.troubles.set('createTask', async () => {
      throw new (await import('@maestro/contracts/errors')).AppError('UNAVAILABLE')
    })
    expect(errorOf(await post('/api/tasks', { goal }, key)).status).toBe(503)
    const lost = createdTasks().at(-1)?.input as { taskId: TaskId }
    const again = await post('/api/tasks', { goal }, key)
    expect(again.json()).toEqual({ taskId: lost.taskId, seq: 1 })
  })

  test('whose first request died with the gateway is carried out by the next life, for the same task', async () => {
    const taskId = TaskId.parse('task_0beforethecrash')
    await gateway.sql`
      insert into idempotency_keys (actor, key, request, body_hash, task_id, claim, claimed_by, claimed_at)
      select 'person:owner', 'crashed', request, body_hash, ${taskId}, 1, 'gateway-test', now()
      from idempotency_keys where key = 'passing'`
    const successor = await gateway.startAgain()
    const answer = await successor.app.inject({
      method: 'POST',
      url: '/api/tasks',
      headers: { ...signedIn, 'content-type': 'application/json', 'idempotency-key': 'crashed' },
      payload: JSON.stringify({ goal }),
    })
    await successor.stop()
    expect(answer.json()).toEqual({ taskId, seq: 1 })
  })

  test('gets the same rejection again', async () => {
    const key = { 'idempotency-key': 'rejected' }
    const first = errorOf(await post('/api/tasks/task_1/step', {}, key))
    const before = orchestrator.asked.length
    const second = errorOf(await post('/api/tasks/task_1/step', {}, key))
    expect(first).toMatchObject({ status: 409, code: 'TASK_NOT_PAUSED' })
    expect(second).toMatchObject({ status: 409, code: 'TASK_NOT_PAUSED' })
    expect(orchestrator.asked).toHaveLength(before)
  })

  test('is handed on, so that the orchestrator can keep it as well', async () => {
    const taskId = TaskId.parse('task_handedon')
    orchestrator.happen(taskId, 'TaskCreated')
    const response = await post(
      `/api/tasks/${taskId}/pause`,
      { expectedSeq: 1 },
      {
        'idempotency-key': 'handed-on',
      },
    )
    expect(response.json()).toEqual({ seq: 1 })
    expect(orchestrator.asked.at(-1)).toMatchObject({
      name: 'pauseTask',
      input: { taskId, expectedSeq: 1 },
      context: { idempotencyKey: 'handed-on', requestId: response.headers['x-request-id'] },
    })
  })
})

describe('bad requests', () => {
  test.each([
    ['an unknown route', 'GET', '/api/nothing', undefined, 404, 'NOT_FOUND'],
    ['an unknown method', 'DELETE', '/api/tasks', undefined, 404, 'NOT_FOUND'],
    ['malformed JSON', 'POST', '/api/tasks', '{"goal":', 400, 'INVALID_INPUT'],
    ['no body', 'POST', '/api/tasks', undefined, 400, 'INVALID_INPUT'],
    ['a body that is no object', 'POST', '/api/tasks', '7', 400, 'INVALID_INPUT'],
    ['JSON without end', 'POST', '/api/tasks', '['.repeat(100_000), 400, 'INVALID_INPUT'],
    [
      'deep JSON',
      'POST',
      '/api/tasks',
      '['.repeat(9_000) + ']'.repeat(9_000),
      400,
      'INVALID_INPUT',
    ],
    ['__proto__', 'POST', '/api/tasks', '{"goal":"a","__proto__":{}}', 400, 'INVALID_INPUT'],
    ['an unknown id', 'GET', '/api/tasks/task_nobody', undefined, 404, 'NOT_FOUND'],
    ['what is no id', 'GET', '/api/tasks/7', undefined, 400, 'INVALID_INPUT'],
    ['a broken escape', 'GET', '/api/tasks/%zz', undefined, 400, 'INVALID_INPUT'],
    ['an unknown filter', 'GET', '/api/tasks?colour=red', undefined, 400, 'INVALID_INPUT'],
    ['a limit of nought', 'GET', '/api/tasks?limit=0', undefined, 400, 'INVALID_INPUT'],
    [
      'an endless address',
      'GET',
      `/api/tasks?q=${'x'.repeat(5_000)}`,
      undefined,
      400,
      'INVALID_INPUT',
    ],
    [
      'an endless name',
      'PUT',
      `/api/tasks/task_1/bookmarks/${'x'.repeat(3_000)}`,
      { position: 1 },
      400,
      'INVALID_INPUT',
    ],
    [
      'an unknown payload',
      'GET',
      `/api/payloads/orchestrator/${'0'.repeat(64)}`,
      undefined,
      404,
      'NOT_FOUND',
    ],
    [
      'payloads of nobody',
      'GET',
      `/api/payloads/budget/${'0'.repeat(64)}`,
      undefined,
      400,
      'INVALID_INPUT',
    ],
    ['a service that is away', 'GET', '/api/queues', undefined, 503, 'UNAVAILABLE'],
  ] as const)('%s: one form of error', async (_what, method, url, payload, status, code) => {
    const headers =
      payload === undefined ? signedIn : { ...signedIn, 'content-type': 'application/json' }
    const body = payload === undefined ? {} : { payload }
    const response = await gateway.app.inject({ method, url, headers, ...body })
    expect(errorOf(response)).toMatchObject({ status, code })
  })

  test('a body that is no JSON is told what is taken', async () => {
    const response = await post('/api/tasks', 'goal=a', { 'content-type': 'text/plain' })
    expect(errorOf(response)).toMatchObject({
      status: 415,
      details: { taken: ['application/json'] },
    })
  })

  test('after beyond the head says where the head is', async () => {
    const taskId = TaskId.parse('task_short')
    orchestrator.happen(taskId, 'TaskCreated')
    expect(errorOf(await get(`/api/tasks/${taskId}/events?after=5`))).toMatchObject({
      status: 416,
      code: 'AFTER_BEYOND_HEAD',
      details: { head: 1 },
    })
  })

  test('a task without a result cannot be exported yet', async () => {
    const taskId = TaskId.parse('task_unfinished')
    orchestrator.happen(taskId, 'TaskCreated')
    expect(errorOf(await get(`/api/tasks/${taskId}/export.md?of=result`))).toMatchObject({
      status: 409,
      code: 'RESULT_NOT_READY',
      details: { status: 'running' },
    })
  })

  test('a defect tells nothing about itself', async () => {
    orchestrator.troubles.set('listTasks', async () => {
      throw new Error('password is swordfish')
    })
    const response = await get('/api/tasks')
    expect(errorOf(response)).toMatchObject({ status: 500, code: 'INTERNAL', details: {} })
    expect(response.body).not.toContain('swordfish')
  })
})

test('a command takes no body, and an empty one', async () => {
  const taskId = TaskId.parse('task_commanded')
  orchestrator.happen(taskId, 'TaskCreated')
  const without = await gateway.app.inject({
    method: 'POST',
    url: `/api/tasks/${taskId}/pause`,
    headers: signedIn,
  })
  expect(without.json()).toEqual({ seq: 1 })
  expect((await post(`/api/tasks/${taskId}/pause`, '')).json()).toEqual({ seq: 1 })
  expect(orchestrator.asked.at(-1)?.input).toEqual({ taskId, expectedSeq: null })
})

test('money in lists is decimal text', async () => {
  const response = await get('/api/tasks?status=&limit=10')
  const { items } = response.json<{ items: unknown[] }>()
  expect(items.length).toBeGreaterThan(0)
  expect(TaskLine.parse(items[0])).toMatchObject({ costUsd: '0.000075', limitUsd: null })
})

test('the request id of a caller is kept, unless it is no plain text', async () => {
  const named = await get('/api/tasks', { 'x-request-id': 'mine-1' })
  expect(named.headers['x-request-id']).toBe('mine-1')
  const odd = await get('/api/tasks', { 'x-request-id': 'a b' })
  expect(odd.headers['x-request-id']).toMatch(/^req_/)
})

test('the status shows every service that answers and every stream', async () => {
  const response = await get('/api/system/status')
  expect(response.statusCode).toBe(200)
  const { services, streams, nats } = response.json<{
    services: { service: string; endpoints: { name: string }[] }[]
    streams: { name: string }[]
    nats: { connected: boolean }
  }>()
  expect(nats.connected).toBe(true)
  expect(streams.map(({ name }) => name)).toEqual(['EVENTS', 'LLM_WORK', 'LIVE', 'LOGS'])
  const found = services.find(({ service }) => service === 'orchestrator')
  expect(found?.endpoints.map(({ name }) => name)).toContain('createTask')
})
