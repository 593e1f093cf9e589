import { type Call, createCaller } from '@maestro/service-kit/call'
import { connectNats } from '@maestro/service-kit/connect-nats'
import { connectDatabase, migrateDatabase, type Sql } from '@maestro/service-kit/database'
import { factEndpoint } from '@maestro/service-kit/fact-endpoint'
import { createLogger } from '@maestro/service-kit/logger'
import type { NatsConnection } from '@maestro/service-kit/nats'
import { serve } from '@maestro/service-kit/serve'
import {
  createTestDatabase,
  type TestDatabase,
} from '@maestro/testkit/infrastructure/test-database'
import { type PrivateNats, startPrivateNats } from '@maestro/testkit/infrastructure/test-nats'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { startFillingFromFacts } from './fill-from-facts.ts'
import { createHistoryStore } from './history-store.ts'
import { createMarks, type Mark } from './marks.ts'

const log = createLogger({ service: 'timeline', copy: 'test', level: 'silent' })
const long = { timeout: 40_000, interval: 100 }

let server: PrivateNats
let database: TestDatabase
let sql: Sql
let nats: NatsConnection
let budget: NatsConnection

beforeAll(async () => {
  ;[server, database] = await Promise.all([startPrivateNats(), createTestDatabase()])
  await migrateDatabase(database.url, fileURLToPath(new URL('../../drizzle', import.meta.url)))
  sql = connectDatabase(database.url)
  nats = await connectNats(server.env('timeline'), 'timeline-test')
  budget = await connectNats(server.env('budget'), 'budget-test')
})
afterAll(async () => {
  await nats?.close()
  await budget?.close()
  await sql?.end()
  await server?.stop()
  await database?.drop()
})

test('facts that no stream has any more come from the outbox of their service, as soon as it answers, once', async () => {
  await sql`
    create table facts (subject text, seq int, type text, data jsonb, at timestamptz,
      traceparent text, published bool, primary key (subject, seq))`
  await sql`
    insert into facts (subject, seq, type, data, at, published)
    select 'budget.b' || (i % 7), i / 7 + 1, 'BudgetAlerted', '{"percent": 50}',
      '2026-11-01T00:00:00Z', true from generate_series(0, 1199) as i`
  const [marks, history] = [createMarks({ sql }), createHistoryStore({ sql })]
  const call = createCaller({ nats, service: 'timeline' })
  const filling = startFillingFromFacts({ service: 'budget', marks, call, history, log })
  const served = await serve({ nats: budget, log, service: 'budget', version: '0.1.0' }, [
    factEndpoint('budget', sql),
  ])
  await vi.waitFor(async () => expect(await marks.has('facts-budget')).toBe(true), long)
  await filling.stop()
  const [kept] = await sql<{ facts: number; subjects: number; newest: number }[]>`
    select count(*)::int as facts, count(distinct subject)::int as subjects, max(seq) as newest
    from events where kind = 'budget' and type = 'BudgetAlerted'`
  expect(kept).toEqual({ facts: 1_200, subjects: 7, newest: 172 })
  // A later start finds the mark and asks nobody.
  let asked = 0
  const counted: Call = (...request) => {
    asked += 1
    return call(...request)
  }
  const found: boolean[] = []
  const has = async (mark: Mark) => {
    const isThere = await marks.has(mark)
    found.push(isThere)
    return isThere
  }
  const later = startFillingFromFacts({
    service: 'budget',
    marks: { ...marks, has },
    call: counted,
    history,
    log,
  })
  await vi.waitFor(() => expect(found).toEqual([true]), long)
  expect(asked).toBe(0)
  await later.stop()
  await served.stop()
}, 120_000)
