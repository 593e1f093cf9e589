import { CallId } from '@maestro/contracts/ids'
import type { FailureClass } from '@maestro/contracts/llm/call-facts'
import { connectDatabase, migrateDatabase, type Sql } from '@maestro/service-kit/database'
import {
  createTestDatabase,
  type TestDatabase,
} from '@maestro/testkit/infrastructure/test-database'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { readCallUse } from './read-call-use.ts'

let database: TestDatabase
let sql: Sql

beforeAll(async () => {
  database = await createTestDatabase()
  await migrateDatabase(database.url, fileURLToPath(new URL('../../drizzle', import.meta.url)))
  sql = connectDatabase(database.url, { connectionsMax: 2 })
})
afterAll(async () => {
  await sql?.end({ timeout: 5 })
  await database?.drop()
})
beforeEach(() => sql`delete from calls`)

type Written = {
  callId: string
  taskId?: string
  stepId?: string | null
  startedAt?: string
  key?: string
  cost?: number
  isCached?: boolean
  failures?: readonly FailureClass[]
}

/** A journaled call; one that only failed is no answer. */
const write = async ({
  callId,
  taskId = 'task_1',
  stepId = 'step_write',
  startedAt = '2026-11-20T12:00:00Z',
  key = 'one',
  cost = 100,
  isCached = false,
  failures,
}: Written) => {
  const of = { provider: 'groq', model: 'a-model', latencyMs: 1, reason: '' }
  const attempts = [
    ...(failures ?? []).map((failureClass) => ({
      ...of,
      outcome: 'failed',
      failureClass,
      costNanoUsd: 0,
    })),
    ...(failures === undefined && !isCached
      ? [{ ...of, outcome: 'answered', failureClass: null, costNanoUsd: cost }]
      : []),
  ]
  const facts = {
    provider: 'groq',
    model: 'a-model',
    costNanoUsd: cost,
    usage: { inputTokens: 1_000, cachedInputTokens: 10, outputTokens: 1, reasoningTokens: 0 },
    ...(isCached && { cached: { callId: 'call_1_x' } }),
    asked: { requestKey: key, promptKey: 'prompt', promptBytes: 500, inputBytes: 2_000 },
  }
  await sql`
    insert into calls (call_id, task_id, step_id, purpose, state, ask, reply_to, copy, incarnation,
      fence, lease_until, attempts, facts, started_at)
    values (${callId}, ${taskId}, ${stepId}, 'step', ${failures === undefined ? 'answered' : 'failed'},
      1, '', '', '', 1, now(), ${JSON.stringify(attempts)}::text::jsonb,
      ${JSON.stringify(facts)}::text::jsonb, ${startedAt}::timestamptz)`
}

const november = { from: '2026-11-01T00:00:00.000Z', to: '2026-12-01T00:00:00.000Z' }
const read = (refused: readonly string[] = []) =>
  readCallUse(sql, { ...november, refusedCallIds: refused.map((id) => CallId.parse(id)) })

test('the same request of several tasks counts, a further attempt at the same step and a hit of the cache do not', async () => {
  await write({ callId: 'call_1_write_1_1', cost: 100 })
  await write({ callId: 'call_1_write_2_1', cost: 900, startedAt: '2026-11-20T12:01:00Z' })
  await write({
    callId: 'call_2_write_1_1',
    cost: 130,
    taskId: 'task_2',
    startedAt: '2026-11-21T12:00:00Z',
  })
  await write({ callId: 'call_3_write_1_1', cost: 0, taskId: 'task_3', isCached: true })
  await write({ callId: 'call_4_write_1_1', key: 'other', taskId: 'task_4' })
  const { repeated, calls, since } = await read()
  expect([calls, since]).toEqual([5, '2026-11-20T12:00:00.000Z'])
  expect(repeated).toEqual([
    {
      purpose: 'step',
      provider: 'groq',
      model: 'a-model',
      calls: 2,
      costNanoUsd: 230,
      firstCostNanoUsd: 100,
      callIds: ['call_2_write_1_1', 'call_1_write_1_1'],
      taskIds: ['task_1', 'task_2'],
    },
  ])
})

test('prompts are summed over the calls that had them, and the period is kept to', async () => {
  await write({ callId: 'call_1_write_1_1', key: 'a' })
  await write({ callId: 'call_1_write_1_2', key: 'b' })
  await write({ callId: 'call_9_write_1_1', startedAt: '2026-12-01T00:00:00Z' })
  expect((await read()).prompts).toMatchObject([
    { calls: 2, promptBytes: 500, inputBytes: 4_000, inputTokens: 2_000, cachedInputTokens: 20 },
  ])
})

test('a model is told by what it answered, what of it was refused, and what it failed at by itself', async () => {
  await write({ callId: 'call_1_write_1_1' })
  await write({ callId: 'call_1_write_1_2' })
  await write({ callId: 'call_1_write_1_3', failures: ['model_output', 'cancelled', 'budget'] })
  expect((await read(['call_1_write_1_2'])).models).toEqual([
    {
      purpose: 'step',
      provider: 'groq',
      model: 'a-model',
      answered: 2,
      refused: 1,
      failed: 1,
      costNanoUsd: 200,
    },
  ])
})

test('nothing at all is no error', async () => {
  expect(await read()).toEqual({ calls: 0, since: null, repeated: [], prompts: [], models: [] })
})
