import { reserveBudget, settleBudget } from '@maestro/contracts/budget/budget-endpoints'
import { AgentId, CallId, TaskId, UserId } from '@maestro/contracts/ids'
import { connectNats } from '@maestro/service-kit/connect-nats'
import { createTestDatabase } from '@maestro/testkit/infrastructure/test-database'
import { type PrivateNats, startPrivateNats } from '@maestro/testkit/infrastructure/test-nats'
import { createPatientCaller } from '@maestro/service-kit/testing/create-patient-caller'
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

const users = ['anna@example.org', '=HYPERLINK("http://x")', 'Zoë, "Z"']
const model = 'openai/gpt-oss-120b'

/** Three calls of each user; one input token costs 150 nano-dollars. */
const spend = async () => {
  const nats = await connectNats(bus.env('admin'), 'test')
  const call = createPatientCaller({ nats, service: 'llm-router' })
  const calls = users.flatMap((user, place) => [1, 2, 3].map((turn) => ({ user, place, turn })))
  for (const { user, place, turn } of calls) {
    const callId = CallId.parse(`call_${place}_write_1_${turn}`)
    const attemptId = `${callId}.1`
    await call(reserveBudget, {
      attemptId,
      callId,
      taskId: TaskId.parse(`task_${place}`),
      userId: UserId.parse(user),
      agentId: AgentId.parse(`agt_${place}_writer`),
      stepId: null,
      purpose: 'step',
      taskLimitNanoUsd: null,
      provider: 'groq',
      model,
      inputBytes: 1_000,
      outputTokensMax: 10,
      leaseMs: 60_000,
    })
    const usage = {
      inputTokens: 100 * (place + 1),
      cachedInputTokens: 0,
      outputTokens: 0,
      reasoningTokens: 0,
    }
    await call(settleBudget, { attemptId, model, usage, sentAt: new Date().toISOString() })
  }
  await nats.drain()
}

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
  await spend()
})
afterAll(async () => {
  await gateway?.stop()
  await budget?.stop()
  await bus?.stop()
  await database?.drop()
})

const ask = (url: string, headers: Record<string, string> = signedIn) =>
  gateway.app.inject({ method: 'GET', url, headers })

test('costs come by keys, the dearest first, page after page, with the total of all pages', async () => {
  const first = await ask('/api/costs?by=userId&order=cost&limit=2')
  expect([first.statusCode, first.json()]).toMatchObject([
    200,
    {
      items: [
        { userId: users[2], costUsd: '0.000135', inputTokens: 900, attempts: 3 },
        { userId: users[1], costUsd: '0.00009', estimatedUsd: '0' },
      ],
      total: { costUsd: '0.00027', tokens: 1_800, attempts: 9, lines: 3 },
    },
  ])
  const { nextCursor } = first.json<{ nextCursor: string }>()
  const second = await ask(`/api/costs?by=userId&order=cost&limit=2&cursor=${nextCursor}`)
  expect(second.json()).toMatchObject({
    items: [{ userId: users[0], costUsd: '0.000045' }],
    nextCursor: null,
  })
})

test('what is left out is by day, in UTC, of the last thirty days', async () => {
  const { items, from, to } = (await ask('/api/costs')).json<{
    items: { day: string }[]
    from: string
    to: string
  }>()
  expect(items.reduce((sum, { day }) => sum + day.length, 0)).toBe(items.length * 10)
  expect(Date.parse(to) - Date.parse(from)).toBe(30 * 86_400_000)
})

test('as CSV no name becomes a formula, and every line is there', async () => {
  const answer = await ask(`/api/costs.csv?by=userId,model&taskId=task_1`)
  expect(answer.headers).toMatchObject({
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': 'attachment; filename="costs.csv"',
  })
  expect(answer.body).toBe(
    [
      'userId,model,costUsd,estimatedUsd,tokens,inputTokens,cachedInputTokens,outputTokens,attempts',
      `"'=HYPERLINK(""http://x"")",${model},0.00009,0,600,600,0,0,3`,
      '',
    ].join('\r\n'),
  )
})

test('costs are for who is signed in', async () => {
  expect((await ask('/api/costs', {})).statusCode).toBe(401)
  expect((await ask('/api/costs.csv', {})).statusCode).toBe(401)
})

test.each([
  ['a reversed period', 'from=2026-11-02&to=2026-11-01', 'put from before to'],
  ['too long a period', 'from=2020-01-01&to=2026-01-01', 'at most 400 days'],
  ['a day that does not exist', 'from=2026-02-30', 'name a day as in'],
  ['a time zone that does not exist', 'timeZone=Mars/Olympus', 'Europe/Berlin'],
  ['an unknown key', 'by=colour', 'name one or two of: provider, model'],
  ['a key twice', 'by=day,day', 'each key once'],
  ['three keys', 'by=day,model,userId', 'by'],
  ['a zero byte', 'model=%00', 'zero byte'],
  ['an unknown word', 'colour=red', 'colour'],
])('%s is refused with what to do, also as CSV', async (_what, query, told) => {
  for (const path of ['/api/costs', '/api/costs.csv']) {
    const answer = await ask(`${path}?${query}`)
    expect([answer.statusCode, answer.body]).toEqual([400, expect.stringContaining(told)])
    expect(answer.json()).toMatchObject({ error: { code: 'INVALID_INPUT' } })
  }
})

test.each([
  ['a broken cursor', 'cursor=nonsense', 'nextCursor of the page before'],
  ['too many lines', 'limit=1001', 'limit'],
])('%s is refused with what to do', async (_what, query, told) => {
  const answer = await ask(`/api/costs?${query}`)
  expect([answer.statusCode, answer.body]).toEqual([400, expect.stringContaining(told)])
})
