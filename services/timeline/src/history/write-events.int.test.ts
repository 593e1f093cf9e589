import { TaskId } from '@maestro/contracts/ids'
import { connectDatabase, migrateDatabase, type Sql } from '@maestro/service-kit/database'
import {
  createTestDatabase,
  type TestDatabase,
} from '@maestro/testkit/infrastructure/test-database'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createPruningStore } from '../retention/pruning-store.ts'
import { createSnapshotStore } from '../states/snapshot-store.ts'
import { asCloudEvents, testHistory } from '../testing/test-history.ts'
import { createHistoryStore, type HistoryStore } from './history-store.ts'

let database: TestDatabase
let sql: Sql
let history: HistoryStore

beforeAll(async () => {
  database = await createTestDatabase()
  await migrateDatabase(database.url, fileURLToPath(new URL('../../drizzle', import.meta.url)))
  sql = connectDatabase(database.url)
  history = createHistoryStore({ sql })
})
afterAll(async () => {
  await sql?.end()
  await database?.drop()
})

let tasks = 0
const newTask = (steps: number) => {
  tasks += 1
  const taskId = TaskId.parse(`task_w${tasks}`)
  const cloudEvents = asCloudEvents(testHistory(taskId, steps))
  const eventOf = (type: string) => {
    const event = cloudEvents.find((one) => one.type === `maestro.${type}`)
    if (!event) throw new Error(`there is no ${type}`)
    return event
  }
  return { taskId, cloudEvents, eventOf }
}

test('what is made of removed events stays away as well, also when they come again', async () => {
  const { taskId, cloudEvents } = newTask(3)
  await history.write(cloudEvents)
  await createPruningStore({ sql }).pruneTasks(
    Date.parse(cloudEvents.at(-1)?.time ?? '') + 1,
    Date.now() + 2 * 3_600_000,
  )
  await history.write(cloudEvents)
  const snapshots = createSnapshotStore({ sql, model: 'test' })
  await snapshots.put({ taskId, seq: 3, reason: 'count', data: Buffer.from('a state') })
  const [left] = await sql`
    select (select count(*)::int from step_agents where task_id = ${taskId}) as agents,
      (select count(*)::int from calls where task_id = ${taskId}) as calls,
      (select count(*)::int from snapshots where task_id = ${taskId}) as snapshots`
  expect(left).toEqual({ agents: 0, calls: 0, snapshots: 0 })
})

test('a plan that comes again takes no step from the one that a newer plan gave it to', async () => {
  const { taskId, eventOf } = newTask(2)
  const plan = eventOf('PlanProposed')
  const planOf = (seq: number, steps: Record<string, string>, type = 'maestro.PlanProposed') => ({
    ...plan,
    id: `${taskId}:${seq}`,
    seq,
    type,
    data: {
      ...plan.data,
      steps: Object.entries(steps).map(([name, agent]) => ({
        stepId: `step_${name}`,
        agentId: `agt_x_${agent}`,
      })),
    },
  })
  const first = planOf(1_001, { s0: 'old', gone: 'old' })
  const part = planOf(1_002, { s1: 'old' })
  const edited = planOf(1_003, { s0: 'new', s1: 'new' }, 'maestro.PlanEdited')
  const agents = async () => {
    const rows = await sql<{ step: string; agent: string }[]>`
      select step, agent from step_agents where task_id = ${taskId} order by step`
    return rows.map(({ step, agent }) => `${step} ${agent}`)
  }
  await history.write([part])
  await history.write([first])
  expect(await agents()).toEqual(['gone old', 's0 old', 's1 old'])
  await history.write([edited, first])
  await history.write([part, first])
  expect(await agents()).toEqual(['gone old', 's0 new', 's1 new'])
})

test('a step of a held plan has its own agent there, whichever item and run it is, also when the plan comes late', async () => {
  const { taskId, eventOf } = newTask(1)
  const [plan, finished] = [eventOf('PlanProposed'), eventOf('CallFinished')]
  const held = { steps: [{ stepId: 'step_s0', agentId: 'agt_x_inner' }] }
  const nested = {
    ...plan,
    data: {
      ...plan.data,
      steps: [
        { stepId: 'step_s0', agentId: 'agt_x_outer' },
        { stepId: 'step_i1', agentId: 'agt_x_outer', subPlan: held },
      ],
    },
  }
  const callOf = (seq: number, stepId: string) => ({
    ...finished,
    id: `${taskId}:${seq}`,
    seq,
    data: { ...finished.data, stepId },
  })
  const ids = ['step_s0', 'step_s0_r2', 'step_i1_p-s0', 'step_i1_2i3_2p-s0_r1', 'step_i1_i1']
  const calls = ids.map((stepId, index) => callOf(1_001 + index, stepId))
  const agentsIn = async (table: 'events' | 'calls') => {
    const subject = table === 'events' ? sql`subject` : sql`task_id`
    const rows = await sql<{ agent: string | null }[]>`
      select agent from ${sql(table)} where ${subject} = ${taskId} and seq > 1000 order by seq`
    return rows.map(({ agent }) => agent)
  }
  const whose = ['outer', 'outer', 'inner', 'inner', 'outer']
  await history.write([callOf(1_000, 'step_i1_i2_p-s0')])
  await history.write([nested, ...calls])
  expect(await agentsIn('calls')).toEqual(whose)
  expect(await agentsIn('events')).toEqual(whose)
  const [late] = await sql`select agent from events where subject = ${taskId} and seq = 1000`
  expect(late).toEqual({ agent: 'inner' })
})
