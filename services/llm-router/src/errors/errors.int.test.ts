import { listErrorPatterns, listErrors } from '@maestro/contracts/llm/error-endpoints'
import { cancelCalls } from '@maestro/contracts/llm/provider-endpoints'
import { createCaller } from '@maestro/service-kit/call'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ProviderFailure } from '../providers/provider-failure.ts'
import { answered, scriptedAdapter } from '../testing/scripted-adapter.ts'
import { startTestSystem, type TestSystem } from '../testing/start-test-system.ts'
import { sweepErrorReports } from './error-store.ts'

let system: TestSystem
beforeAll(async () => {
  system = await startTestSystem()
})
afterAll(() => system.stop())

const model = 'openai/gpt-oss-120b'
const all = {
  provider: null,
  failureClass: null,
  taskId: null,
  pattern: null,
  cursor: null,
  limit: 50,
}
const caller = () => createCaller({ nats: system.nats, service: 'gateway' })
const secret = 'a prompt that nobody else may read'
const askSecretly = () =>
  system.newWork({ messages: [{ role: 'user', content: [{ text: secret }] }] })

test('each failed attempt is reported with its context, and the call only when it failed as well', async () => {
  const groq = scriptedAdapter('groq', model, async () => {
    throw new ProviderFailure('overloaded', 'groq (503): busy with request 17', {
      told: { status: 503, code: 'busy', requestId: 'req_01abc' },
      afterContent: true,
    })
  })
  const gemini = scriptedAdapter('gemini', 'gemini-3.8-flash', async () =>
    answered('here', { model: 'gemini-3.8-flash' }),
  )
  const worker = await system.startWorker([groq, gemini])
  const work = askSecretly()
  expect(await system.ask(work)).toMatchObject({ outcome: 'answered' })
  const { items } = await caller()(listErrors, { ...all, taskId: work.taskId })
  const common = {
    provider: 'groq',
    model,
    keyId: null,
    failureClass: 'overloaded',
    status: 503,
    code: 'busy',
    requestId: 'req_01abc',
    callId: work.callId,
    taskId: work.taskId,
    purpose: 'step',
    timeoutKind: null,
    afterContent: true,
    message: 'groq (503): busy with request 17',
    suggestion: 'Try again soon, or add a second provider.',
  }
  expect(items).toMatchObject([
    { ...common, attempt: 2 },
    { ...common, attempt: 1 },
  ])
  await worker.stop()

  await system.startWorker([groq])
  const failing = askSecretly()
  expect(await system.ask(failing)).toMatchObject({ outcome: 'failed' })
  const failed = await caller()(listErrors, { ...all, taskId: failing.taskId })
  expect(failed.items).toMatchObject([
    { attempt: null, provider: null, failureClass: 'overloaded' },
    { attempt: 2 },
    { attempt: 1 },
  ])
  expect(JSON.stringify([items, failed])).not.toContain(secret)
})

test('what fails in the same way is one pattern, with its tasks, and pages do not overlap', async () => {
  await system.sql`truncate error_reports`
  let request = 0
  const groq = scriptedAdapter('groq', model, async () => {
    request += 1
    throw new ProviderFailure('content_blocked', `groq (400): request ${request} was blocked`, {
      told: { status: 400, code: null, requestId: null },
    })
  })
  const locked = scriptedAdapter('gemini', 'gemini-3.8-flash', async () => {
    throw new ProviderFailure('auth', 'gemini (401): no such key', {
      told: { status: 401, code: 'API_KEY_INVALID', requestId: null },
    })
  })
  await system.startWorker([groq, locked])
  const works = [askSecretly(), askSecretly(), askSecretly()]
  for (const work of works) await system.ask(work)
  const call = caller()
  const { items: patterns } = await call(listErrorPatterns, { cursor: null, limit: 50 })
  const blocked = patterns.find(
    ({ failureClass, provider }) => provider !== null && failureClass === 'content_blocked',
  )
  expect(blocked).toMatchObject({ provider: 'groq', status: 400, count: 3, tasks: 3, trend: 'new' })
  expect(new Set(blocked?.taskIds)).toEqual(new Set(works.map(({ taskId }) => taskId)))
  // The refused key is off after the first call: it failed once.
  expect(patterns.find(({ provider }) => provider === 'gemini')).toMatchObject({
    failureClass: 'auth',
    count: 1,
    suggestion: expect.stringContaining('GEMINI_API_KEY'),
  })

  const seen: string[] = []
  let cursor: string | null = null
  do {
    const page: Awaited<ReturnType<typeof readPage>> = await readPage(cursor)
    seen.push(...page.items.map(({ reportId }) => reportId))
    cursor = page.nextCursor
  } while (cursor !== null)
  const whole = await call(listErrors, all)
  expect(seen).toEqual(whole.items.map(({ reportId }) => reportId))
  const ofPattern = await call(listErrors, { ...all, pattern: blocked?.pattern ?? null })
  expect(ofPattern.items.map(({ message }) => message)).toEqual([
    'groq (400): request 3 was blocked',
    'groq (400): request 2 was blocked',
    'groq (400): request 1 was blocked',
  ])
})
const readPage = (cursor: string | null) => caller()(listErrors, { ...all, cursor, limit: 2 })

test('a call that was stopped on request is no error', async () => {
  await system.startWorker([
    scriptedAdapter('groq', model, async () => answered('never', { model })),
  ])
  const work = askSecretly()
  await caller()(cancelCalls, { callIds: [work.callId] })
  expect(await system.ask(work)).toMatchObject({ failure: { class: 'cancelled' } })
  expect((await caller()(listErrors, { ...all, taskId: work.taskId })).items).toEqual([])
})

test('old reports are swept, and the newest stay within their bound', async () => {
  await system.sql`truncate error_reports`
  const insert = (rows: number, ageDays: number) => system.sql`
    insert into error_reports (report_key, at, pattern, failure_class, call_id, task_id, facts)
    select ${`${ageDays}.`} || n, now() - ${ageDays} * interval '1 day', '0123456789abcdef', 'network',
      'call_x', 'task_x', '{}' from generate_series(1, ${rows}::int) as n`
  await insert(10, 15)
  await insert(100_500, 1)
  await sweepErrorReports(system.sql)
  const [counted] = await system.sql<{ rows: number; oldest: number }[]>`
    select count(*)::int as rows, count(*) filter (where at < now() - interval '14 days')::int as oldest
    from error_reports`
  expect(counted).toEqual({ rows: 100_000, oldest: 0 })
})
