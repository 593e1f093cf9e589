import type { ServiceName } from '@maestro/contracts/endpoint'
import {
  createTestDatabase,
  type TestDatabase,
} from '@maestro/testkit/infrastructure/test-database'
import { type PrivateNats, startPrivateNats } from '@maestro/testkit/infrastructure/test-nats'
import {
  type ServiceProcess,
  startServiceProcess,
} from '@maestro/testkit/services/start-service-process'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { signedIn, startTestGateway } from '../testing/test-gateway.ts'

let bus: PrivateNats
let gateway: Awaited<ReturnType<typeof startTestGateway>>
const databases: TestDatabase[] = []
const processes: ServiceProcess[] = []

const start = async (service: ServiceName, env: Record<string, string> = {}) => {
  const database = await createTestDatabase()
  databases.push(database)
  processes.push(
    await startServiceProcess(service, {
      ...bus.env(service),
      POSTGRES_URL: database.url,
      COPY_NAME: `${service}-1`,
      LOG_LEVEL: 'info',
      ...env,
    }),
  )
}

beforeAll(async () => {
  bus = await startPrivateNats()
  await start('budget')
  await start('llm-router', { OLLAMA_BASE_URL: 'off', REHEARSAL_CHUNK_DELAY_MS: '0' })
  await start('orchestrator')
  gateway = await startTestGateway({ natsEnv: bus.env('gateway') })
})
afterAll(async () => {
  await gateway?.stop()
  await Promise.all(processes.map((one) => one.stop()))
  await bus?.stop()
  await Promise.all(databases.map((one) => one.drop()))
})

const ask = async (method: 'GET' | 'POST' | 'PUT', url: string, body?: unknown) => {
  const response = await gateway.app.inject({
    method,
    url,
    headers: { ...signedIn, ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { payload: JSON.stringify(body) }),
  })
  return { status: response.statusCode, body: response.json<Record<string, unknown>>() }
}

const plan = {
  agents: [{ name: 'writer', prompt: 'Write.', description: 'Writes.', tools: [] }],
  steps: [
    {
      name: 'write',
      title: 'Write',
      agent: 'writer',
      instruction: 'Write a line.',
      promise: { description: 'A line.' },
    },
  ],
}

const runTask = async (): Promise<string> => {
  const made = await ask('POST', '/api/tasks', { goal: 'A line about rain.', plan })
  expect(made.status).toBe(201)
  const { taskId } = made.body as { taskId: string }
  await expect
    .poll(async () => {
      const { body } = await ask('GET', `/api/costs/estimates/${taskId}`)
      return typeof body['actualUsd']
    })
    .toBe('string')
  return taskId
}

test('a task without a history is estimated by its bounds; once such tasks have run, by what they used, and each says how far it was off', async () => {
  // Rehearsal is free. With a price its tokens are money, and nobody says how much it reads at once.
  const price = {
    provider: 'rehearsal',
    model: 'rehearsal-1',
    inputUsdPerMTok: '1',
    outputUsdPerMTok: '2',
  }
  expect(await ask('PUT', '/api/prices', price)).toMatchObject({ status: 200 })
  const estimate = () =>
    ask('POST', '/api/costs/estimate', { plan, options: { limits: { costUsd: '0.5' } } })
  await expect
    .poll(async () => (await estimate()).body)
    .toMatchObject({
      lines: [{ step: 'write', basis: 'nothing', samples: 0, expectedUsd: null, worstUsd: null }],
      total: { expectedUsd: null, worstUsd: '0.5', worstBy: 'limit' },
      past: { tasks: 0, medianErrorPercent: null },
    })

  const first = await runTask()
  expect(await ask('GET', `/api/costs/estimates/${first}`)).toMatchObject({
    status: 200,
    body: { planVersion: 1, total: { expectedUsd: null }, errorPercent: null },
  })
  await runTask()
  await runTask()
  await expect
    .poll(async () => (await estimate()).body, { interval: 500 })
    .toMatchObject({
      lines: [{ basis: 'role', samples: 3, model: { provider: 'rehearsal' }, worstUsd: null }],
    })
  const { expectedUsd } = (await estimate()).body['total'] as { expectedUsd: string }
  expect(Number(expectedUsd)).toBeGreaterThan(0)

  const fourth = await runTask()
  const { body } = await ask('GET', `/api/costs/estimates/${fourth}`)
  // Four times the same work of an agent without whims.
  expect(body).toMatchObject({ actualUsd: expectedUsd, total: { expectedUsd }, errorPercent: 0 })
  expect(
    (await ask('GET', `/api/costs?by=taskId&purpose=step&taskId=${fourth}`)).body,
  ).toMatchObject({
    items: [{ costUsd: expectedUsd }],
  })
  // Beside one agent with the same goal: of one step by one agent both cost the same.
  expect(await ask('GET', `/api/tasks/${fourth}/plans/1/price`)).toMatchObject({
    status: 200,
    body: {
      version: 1,
      steps: [{ basis: 'role', expectedUsd, timesMax: 1 }],
      team: { expectedUsd, worstBy: null },
      oneAgent: { basis: 'model', expectedUsd, worstBy: null },
    },
  })
  expect(await ask('GET', `/api/tasks/${fourth}/plans/2/price`)).toMatchObject({ status: 404 })
  expect((await estimate()).body['past']).toEqual({
    tasks: 1,
    medianErrorPercent: 0,
    withinWorst: 1,
  })
}, 120_000)

test('tasks that asked the very same thing four times are told that the cache would have saved three of them', async () => {
  const { status, body } = await ask('GET', '/api/costs/suggestions')
  expect(status).toBe(200)
  const { items } = body as { items: { kind: string; savingUsd: string; target: unknown }[] }
  const { body: costs } = await ask('GET', '/api/costs?by=purpose')
  const { costUsd } = costs['total'] as { costUsd: string }
  const cache = items.filter(({ kind }) => kind === 'cache')
  // Each step of these tasks was one call or more; all of them but the first of each cost the same again.
  const saved = cache.reduce((sum, { savingUsd }) => sum + Number(savingUsd), 0)
  expect(saved).toBeCloseTo((Number(costUsd) * 3) / 4, 9)
  expect(cache[0]).toMatchObject({
    why: expect.stringContaining('in 4 places'),
    target: { purpose: 'step', provider: 'rehearsal', taskIds: { length: 4 } },
  })
  expect(await ask('GET', '/api/costs/suggestions?from=2026-01-01&to=2026-03-01')).toMatchObject({
    status: 400,
    body: { error: { details: { reason: expect.stringContaining('at most 31 days') } } },
  })
})

test('what is to be drafted is told as such, and a plan that names nobody is refused with its problem', async () => {
  expect((await ask('POST', '/api/costs/estimate', {})).body).toMatchObject({
    lines: [{ of: 'drafting' }, { of: 'steps' }],
  })
  const [step] = plan.steps
  const wrong = { plan: { ...plan, steps: [{ ...step, agent: 'nobody' }] } }
  expect(await ask('POST', '/api/costs/estimate', wrong)).toMatchObject({
    status: 422,
    body: { error: { code: 'PLAN_INVALID' } },
  })
  expect(await ask('POST', '/api/costs/estimate', { plan: { agents: [] } })).toMatchObject({
    status: 400,
    body: { error: { code: 'INVALID_INPUT' } },
  })
  expect(await ask('GET', '/api/costs/estimates/task_none')).toMatchObject({ status: 404 })
})
