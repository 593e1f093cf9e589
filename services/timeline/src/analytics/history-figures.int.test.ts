import { TaskId } from '@maestro/contracts/ids'
import { connectDatabase, migrateDatabase, type Sql } from '@maestro/service-kit/database'
import {
  createTestDatabase,
  type TestDatabase,
} from '@maestro/testkit/infrastructure/test-database'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createHistoryStore } from '../history/history-store.ts'
import { asCloudEvents, testHistory } from '../testing/test-history.ts'
import { createAnalyseTask } from './analyse-task.ts'
import { createPruningStore } from '../retention/pruning-store.ts'
import { createHistoryFigures } from './history-figures.ts'

let database: TestDatabase
let sql: Sql
const taskId = TaskId.parse('task_counted')
const told = testHistory(taskId, 5)
const nowMs = Date.now()
/** As if it had ended just now. */
const recent = asCloudEvents(told).map((event, index) => ({
  ...event,
  time: new Date(nowMs - (told.length - index) * 1_000).toISOString(),
}))
const callEvents = told.flatMap((event) => (event.type === 'CallFinished' ? [event.data] : []))
const cost = callEvents.reduce((sum, { facts }) => sum + facts.costNanoUsd, 0)

beforeAll(async () => {
  database = await createTestDatabase()
  await migrateDatabase(database.url, fileURLToPath(new URL('../../drizzle', import.meta.url)))
  sql = connectDatabase(database.url)
  const history = createHistoryStore({ sql })
  // Said twice, counted once.
  await history.write(recent)
  await history.write(recent)
})
afterAll(async () => {
  await sql?.end()
  await database?.drop()
})

test('a task and its calls are counted once, on the day on which they were', async () => {
  const { tasks, calls, days, agents } = await createHistoryFigures({ sql }).overDays({
    days: 3,
    timeZone: 'Pacific/Chatham',
  })
  expect(tasks).toMatchObject({ created: 1, succeeded: 1, failed: 0, cancelled: 0 })
  expect(tasks.medianDurationMs).toBe((told.length - 1) * 1_000)
  expect(calls).toMatchObject({ calls: callEvents.length, costNanoUsd: cost })
  expect(days).toHaveLength(3)
  expect(days.reduce((sum, day) => sum + day.calls.calls, 0)).toBe(callEvents.length)
  expect(agents.map(({ agent }) => agent)).toEqual(['worker'])
})

test('the header counts what the last hours brought', async () => {
  const figures = createHistoryFigures({ sql })
  expect(await figures.header(1)).toMatchObject({ active: 0, successRate: 1 })
})

test('of one task, the figures end where one looks', async () => {
  const analyse = createAnalyseTask({
    sql,
    history: createHistoryStore({ sql }),
    catchUp: async () => ({ head: told.length, newest: told.length }),
  })
  const whole = await analyse(taskId, null)
  expect(whole).toMatchObject({ seq: told.length, durationMs: (told.length - 1) * 1_000 })
  expect(whole.agents[0]?.calls).toBe(callEvents.length)
  expect(whole.criticalPath).toHaveLength(5)
  const half = await analyse(taskId, Math.floor(told.length / 2))
  expect(half.agents[0]?.calls).toBeLessThan(callEvents.length)
  await expect(analyse(taskId, told.length + 1)).rejects.toMatchObject({
    code: 'AFTER_BEYOND_HEAD',
  })
})

test('what another Maestro did is in no figure of this one, and kept from its import on', async () => {
  const figures = createHistoryFigures({ sql })
  const before = [await figures.overDays({ days: 3, timeZone: 'UTC' }), await figures.header(1)]
  const elsewhere = TaskId.parse('task_elsewhere')
  const events = asCloudEvents(testHistory(elsewhere, 3)).map((event) => ({
    ...event,
    time: new Date(nowMs - 1_000).toISOString(),
  }))
  const [first] = events
  if (!first) throw new Error('there is no event')
  const seq = events.length + 1
  const imported = { head: events.length, fileSha256: 'f'.repeat(64), missing: 0 }
  const last = {
    ...first,
    id: `${elsewhere}:${seq}`,
    seq,
    type: 'maestro.TaskImported',
    time: new Date(nowMs).toISOString(),
    data: { taskId: elsewhere, actor: first.data['actor'], ...imported },
  }
  await createHistoryStore({ sql }).write([...events, last])
  const after = [await figures.overDays({ days: 3, timeZone: 'UTC' }), await figures.header(1)]
  const told = (one: object) => ({ ...one, from: '', to: '' })
  expect(after.map(told)).toEqual(before.map(told))
  const pruning = createPruningStore({ sql })
  const laterMs = nowMs + 2 * 3_600_000
  await pruning.pruneTasks(nowMs, laterMs)
  const kept = () => sql`select 1 from events where subject = ${elsewhere}`
  expect(await kept()).toHaveLength(seq)
  // While its events still come, the one that says so may be among them.
  await pruning.pruneTasks(nowMs + 1, Date.now())
  expect(await kept()).toHaveLength(seq)
  await pruning.pruneTasks(nowMs + 1, laterMs)
  expect(await kept()).toHaveLength(0)
})
