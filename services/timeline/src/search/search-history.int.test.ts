import type { CloudEvent } from '@maestro/contracts/bus/cloud-event'
import { TaskId } from '@maestro/contracts/ids'
import { searchHistory } from '@maestro/contracts/timeline/history-endpoints'
import { connectDatabase, migrateDatabase, type Sql } from '@maestro/service-kit/database'
import {
  createTestDatabase,
  type TestDatabase,
} from '@maestro/testkit/infrastructure/test-database'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createHistoryStore } from '../history/history-store.ts'
import { createPruningStore } from '../retention/pruning-store.ts'
import { asCloudEvents, testHistory } from '../testing/test-history.ts'
import { createSearchHistory, type HistoryWish, type SearchHistory } from './search-history.ts'

let database: TestDatabase
let sql: Sql
let search: SearchHistory
const taskId = TaskId.parse('task_searched')
const told = asCloudEvents(testHistory(taskId, 12))
const fact: CloudEvent = {
  specversion: '1.0',
  id: 'provider.groq:1',
  source: '/maestro/llm-router',
  type: 'maestro.ProviderStateChanged',
  subject: 'provider.groq',
  time: '2025-06-01T00:00:00.000Z',
  datacontenttype: 'application/json',
  data: { provider: 'groq', reason: "the day's quota is used up: don't ask again" },
  seq: 1,
}

beforeAll(async () => {
  database = await createTestDatabase()
  await migrateDatabase(database.url, fileURLToPath(new URL('../../drizzle', import.meta.url)))
  sql = connectDatabase(database.url)
  search = createSearchHistory({ sql, pruning: createPruningStore({ sql }) })
  await createHistoryStore({ sql }).write([fact, ...told])
})
afterAll(async () => {
  await sql?.end()
  await database?.drop()
})

const anything: HistoryWish = searchHistory.input.parse({
  q: '',
  kind: null,
  type: null,
  actor: null,
  task: null,
  step: null,
  agent: null,
  from: null,
  to: null,
  cursor: null,
  limit: 200,
})
const found = async (wish: Partial<HistoryWish>) => {
  const { items } = await search({ ...anything, ...wish })
  return items.map(({ subject, seq }) => (subject === taskId ? seq : subject))
}
const seqsOf = (type: string) =>
  told.filter((event) => event.type === `maestro.${type}`).map(({ seq }) => seq)

test('everything is found, the newest first, page by page, each event once', async () => {
  const pages: (string | number)[] = []
  for (let cursor: string | null = null; ;) {
    const page: Awaited<ReturnType<SearchHistory>> = await search({ ...anything, cursor, limit: 7 })
    pages.push(...page.items.map(({ subject, seq }) => (subject === taskId ? seq : subject)))
    cursor = page.nextCursor
    if (cursor === null) break
  }
  expect(pages).toEqual(await found({}))
  expect(pages).toHaveLength(told.length + 1)
  expect(pages.at(-1)).toBe('provider.groq')
})

test('finds by words, beginnings, phrases, and without what is excluded', async () => {
  for (const q of ['quota', 'QUO*', '"used up"', "don't", 'quota -mouse', 'kind:provider']) {
    expect(await found({ q })).toEqual(['provider.groq'])
  }
  for (const q of ['"up used"', 'quota -used', 'mouse', 'quota kind:task']) {
    expect(await found({ q })).toEqual([])
  }
})

test('finds by what an event is about, in words or beside them, in any mix', async () => {
  const finished = new Set(seqsOf('StepFinished'))
  expect(new Set(await found({ q: 'type:stepfinished' }))).toEqual(finished)
  expect(new Set(await found({ type: 'StepFinished', task: taskId }))).toEqual(finished)
  const ofStep = told.filter(({ data }) => data['stepId'] === 'step_s3').map(({ seq }) => seq)
  expect(new Set(await found({ q: 'step:s3', agent: 'worker' }))).toEqual(new Set(ofStep))
  expect(await found({ q: 'step:s3', type: 'TaskCreated' })).toEqual([])
  expect(await found({ actor: 'nobody' })).toEqual([])
})

test('finds by time, its end not included', async () => {
  const from = fact.time
  expect(await found({ from, to: '2025-06-01T00:00:00.001Z' })).toEqual(['provider.groq'])
  expect(await found({ to: from })).toEqual([])
})

test('says whose step it was, who did it and what it says', async () => {
  const { items } = await search({ ...anything, type: 'StepStarted', step: 's0' })
  expect(items).toMatchObject([{ taskId, stepId: 'step_s0', agent: 'worker', kind: 'task' }])
  const [line] = (await search({ ...anything, kind: 'provider' })).items
  expect(line?.text).toContain('used up')
})

test('a broken filter or cursor is refused with its place', async () => {
  await expect(search({ ...anything, q: 'ok "open' })).rejects.toMatchObject({
    code: 'INVALID_INPUT',
    details: { field: 'q', at: 3 },
  })
  for (const cursor of ['nonsense', '', 'WzFd']) {
    await expect(search({ ...anything, cursor })).rejects.toMatchObject({ code: 'INVALID_INPUT' })
  }
})

test('whatever is typed breaks nothing', async () => {
  for (const q of ["';--", 'a\\b', "'' '", '<-> & |', 'x:*', '"!(a|b)"', 'type:"a\'b\\"', '"🦆"']) {
    await search({ ...anything, q }).catch((error: unknown) =>
      expect(error).toMatchObject({ code: 'INVALID_INPUT' }),
    )
  }
})

test('says what retention has removed', async () => {
  const pruning = createPruningStore({ sql })
  await pruning.pruneFacts('provider', Date.parse('2025-07-01T00:00:00.000Z'))
  const { items, pruned } = await search({ ...anything, kind: 'provider' })
  expect(items).toEqual([])
  expect(pruned).toEqual([{ kind: 'provider', before: '2025-07-01T00:00:00.000Z', events: 1 }])
})
