import { createTestDatabase } from '@maestro/testkit/infrastructure/test-database'
import { type PrivateNats, startPrivateNats } from '@maestro/testkit/infrastructure/test-nats'
import {
  type ServiceProcess,
  startServiceProcess,
} from '@maestro/testkit/services/start-service-process'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { signedIn, startTestGateway } from '../testing/test-gateway.ts'

let bus: PrivateNats
let database: Awaited<ReturnType<typeof createTestDatabase>>
let budget: ServiceProcess
let gateway: Awaited<ReturnType<typeof startTestGateway>>

beforeAll(async () => {
  bus = await startPrivateNats()
  database = await createTestDatabase()
  budget = await startServiceProcess('budget', {
    ...bus.env('budget'),
    POSTGRES_URL: database.url,
    COPY_NAME: 'budget-1',
    LOG_LEVEL: 'info',
  })
  gateway = await startTestGateway({ natsEnv: bus.env('gateway') })
})
afterAll(async () => {
  await gateway?.stop()
  await budget?.stop()
  await bus?.stop()
  await database?.drop()
})

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'
const ask = async (method: Method, url: string, body?: unknown, key = '') => {
  const response = await gateway.app.inject({
    method,
    url,
    headers: {
      ...signedIn,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(key === '' ? {} : { 'idempotency-key': key }),
    },
    ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
  })
  const answer = response.body === '' ? null : (JSON.parse(response.body) as unknown)
  return { status: response.statusCode, answer }
}

const daily = {
  scope: 'user',
  id: 'anna@example.org',
  limitUsd: '2.50',
  period: 'daily',
  timeZone: 'Europe/Berlin',
  action: 'refuse',
}

test('a budget is made once under its key, read with its projection, changed in part, and taken away', async () => {
  const made = await ask('POST', '/api/budgets', daily, 'make-one')
  expect(made).toMatchObject({
    status: 201,
    answer: { level: { ...daily, unit: 'usd', limitUsd: '2.5', settledUsd: '0' } },
  })
  expect(await ask('POST', '/api/budgets', daily, 'make-one')).toEqual(made)
  const { budgetId } = (made.answer as { level: { budgetId: string } }).level
  const url = `/api/budgets/${budgetId}`
  expect(await ask('GET', url)).toMatchObject({
    status: 200,
    answer: {
      level: { budgetId },
      projection: { unit: 'usd', recentUsd: '0', perDayUsd: '0', reachedAt: null },
    },
  })
  expect(await ask('PUT', url, { limitUsd: '0.000000001' })).toMatchObject({
    status: 200,
    answer: { level: { ...daily, limitUsd: '0.000000001', alertPercents: [50, 75, 90, 100] } },
  })
  const list = await ask('GET', '/api/budgets?scope=user&id=anna@example.org')
  expect(list.answer).toMatchObject({ items: [{ budgetId }], next: null })
  expect(await ask('DELETE', url)).toEqual({ status: 204, answer: null })
  expect(await ask('GET', url)).toMatchObject({ status: 404 })
})

test('a limit may be in tokens, which stay whole numbers', async () => {
  const { limitUsd: _, ...rest } = daily
  const made = await ask('POST', '/api/budgets', { ...rest, limitTokens: 1_000_000 }, 'tokens')
  expect(made).toMatchObject({
    status: 201,
    answer: { level: { unit: 'tokens', limitTokens: 1_000_000, reservedTokens: 0 } },
  })
})

test('the global limit is changed as the console does it', async () => {
  const changed = await ask('PUT', '/api/budgets/global', { limitUsd: '25', period: 'weekly' })
  expect(changed).toMatchObject({
    status: 200,
    answer: { level: { budgetId: 'global', limitUsd: '25', period: 'weekly' } },
  })
  const { answer } = await ask('GET', '/api/budgets')
  expect(answer).toMatchObject({ items: [{ budgetId: 'global', limitUsd: '25' }, {}] })
  expect(await ask('DELETE', '/api/budgets/global')).toMatchObject({ status: 400 })
})

test.each([
  ['a negative limit', { limitUsd: '-1' }, 'limitUsd'],
  ['a fraction of a nano-dollar', { limitUsd: '0.0000000001' }, 'limitUsd'],
  ['a number in place of decimal text', { limitUsd: 2.5 }, 'limitUsd'],
  ['a fraction of a token', { limitUsd: undefined, limitTokens: 0.5 }, 'limitTokens'],
  ['two limits', { limitTokens: 5 }, 'limitUsd'],
  ['a time zone that does not exist', { timeZone: 'Mars/Olympus' }, 'Mars/Olympus'],
  ['an unknown scope', { scope: 'galaxy' }, 'scope'],
  ['an id of another scope', { scope: 'task' }, 'id'],
  ['an unknown rhythm', { period: 'hourly' }, 'period'],
  ['a share of nothing', { alertPercents: [0] }, 'alertPercents'],
])('%s is refused with its name', async (_what, change, name) => {
  const { status, answer } = await ask('POST', '/api/budgets', { ...daily, ...change }, 'bad')
  expect([status, JSON.stringify(answer)]).toEqual([400, expect.stringContaining(name)])
  expect(answer).toMatchObject({ error: { code: 'INVALID_INPUT' } })
})
