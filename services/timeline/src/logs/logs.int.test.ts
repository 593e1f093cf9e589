import { LogBatch } from '@maestro/contracts/log/log-batch'
import { searchLogs } from '@maestro/contracts/timeline/log-endpoints'
import { connectDatabase, migrateDatabase, type Sql } from '@maestro/service-kit/database'
import {
  createTestDatabase,
  type TestDatabase,
} from '@maestro/testkit/infrastructure/test-database'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createSearchLogs, type LogWish, type SearchLogs } from '../search/search-logs.ts'
import { createLogStore, type LogStore } from './log-store.ts'

let database: TestDatabase
let sql: Sql
let store: LogStore
let search: SearchLogs
let nowMs = 0
const days = 16
const dayMs = 86_400_000
const begin = Date.parse('2026-01-01T00:00:00.000Z')

beforeAll(async () => {
  database = await createTestDatabase()
  await migrateDatabase(database.url, fileURLToPath(new URL('../../drizzle', import.meta.url)))
  sql = connectDatabase(database.url)
  store = createLogStore({ sql, days, now: () => nowMs })
  search = createSearchLogs({ sql, store })
  await sql`insert into step_agents (task_id, step, agent) values ('task_1', 'draw', 'painter')`
})
beforeEach(async () => {
  nowMs = begin
  await sql`truncate logs, log_segments, prunings`
})
afterAll(async () => {
  await sql?.end()
  await database?.drop()
})

const batchOf = (first: number, lines: readonly object[], instance = 'one') =>
  LogBatch.parse({
    service: 'orchestrator',
    copy: 'o-1',
    instance,
    first,
    lines: lines.map((line, index) => ({
      level: 30,
      time: new Date(begin + first + index).toISOString(),
      ...line,
    })),
  })
const anything: LogWish = {
  q: '',
  level: null,
  service: null,
  task: null,
  agent: null,
  step: null,
  from: null,
  to: null,
  cursor: null,
  limit: 200,
}
const found = async (wish: Partial<LogWish>) => {
  const { items } = await search(searchLogs.input.parse({ ...anything, ...wish }))
  return items.map(({ message }) => message)
}
const numbered = (count: number) =>
  Array.from({ length: count }, (_, line) => ({ msg: `n${line}` }))

test('a batch that comes again, alone or beside new ones, is kept once', async () => {
  const [first, second] = [batchOf(0, numbered(3)), batchOf(3, [{ msg: 'later' }])]
  await store.write([first])
  await store.write([first, second, second])
  await Promise.all([store.write([second]), store.write([first])])
  expect(await found({})).toEqual(['later', 'n2', 'n1', 'n0'])
})

test('finds by words, level, service, task, agent, step and time, in any mix, newest first', async () => {
  await store.write([
    batchOf(0, [
      { msg: 'task created', taskId: 'task_1' },
      { msg: 'a step failed', level: 40, taskId: 'task_1', stepId: 'step_draw', reason: 'quota' },
      { msg: 'broke', level: 50, err: { message: 'quota was refused' } },
    ]),
  ])
  expect(await found({ level: 'warn' })).toEqual(['broke', 'a step failed'])
  expect(await found({ q: 'level:warn -level:error' })).toEqual(['a step failed'])
  expect(await found({ q: 'quota', task: 'task_1' })).toEqual(['a step failed'])
  expect(await found({ agent: 'painter', step: 'draw' })).toEqual(['a step failed'])
  expect(await found({ service: 'budget' })).toEqual([])
  expect(await found({ q: '"was refused" service:orchestrator' })).toEqual(['broke'])
  const after = new Date(begin + 1).toISOString()
  expect(await found({ to: after })).toEqual(['task created'])
  expect(await found({ from: after, task: 'task_1' })).toEqual(['a step failed'])
  const [line] = (await search({ ...anything, q: 'broke' })).items
  expect(line).toMatchObject({
    id: 'one:2',
    level: 'error',
    copy: 'o-1',
    taskId: null,
    fields: { err: { message: 'quota was refused' } },
  })
})

test('page by page, each line comes once, those of one moment too', async () => {
  const time = new Date(begin).toISOString()
  await store.write([
    batchOf(
      0,
      numbered(20).map((line) => ({ ...line, time })),
    ),
    batchOf(
      0,
      numbered(20).map((line) => ({ ...line, time })),
      'two',
    ),
  ])
  const ids: string[] = []
  for (let cursor: string | null = null; ;) {
    const page: Awaited<ReturnType<SearchLogs>> = await search({ ...anything, cursor, limit: 7 })
    ids.push(...page.items.map(({ id }) => id))
    cursor = page.nextCursor
    if (cursor === null) break
  }
  expect(ids).toHaveLength(40)
  expect(new Set(ids).size).toBe(40)
})

test('a broken filter is refused with its place', async () => {
  for (const [q, at] of [
    ['ok "open', 3],
    ['ok level:loud', 3],
    ['colour:red', 0],
  ] as const) {
    await expect(search({ ...anything, q })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      details: { field: 'q', at },
    })
  }
})

test('what is older than it is kept goes in whole parts, newer lines stay, and what went is told', async () => {
  for (let day = 0; day < 20; day += 1) {
    nowMs = begin + day * dayMs
    await store.write([
      batchOf(day * 1_000, [{ msg: `day ${day}`, time: new Date(nowMs).toISOString() }]),
    ])
  }
  // Each day began a part; there is room for sixteen.
  expect(await found({})).toHaveLength(16)
  await store.prune(nowMs)
  expect(await found({})).toContain('day 4')
  await store.prune(nowMs + 10 * dayMs)
  expect((await found({})).at(-1)).toBe('day 13')
  expect((await search(anything)).pruned).toEqual({
    before: new Date(begin + 12 * dayMs).toISOString(),
    lines: 13,
  })
  await store.prune(nowMs + 100 * dayMs)
  expect(await found({})).toEqual([])
  await store.write([batchOf(900_000, [{ msg: 'goes on' }])])
  expect(await found({})).toEqual(['goes on'])
})
