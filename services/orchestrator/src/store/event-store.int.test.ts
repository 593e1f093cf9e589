import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { newTaskId } from '@maestro/service-kit/new-id'
import { fold } from '@maestro/task-model/fold'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestStore, type TestCopy, type TestStore } from '../testing/open-test-store.ts'
import { control, creation, planNeeding, stepAnswer } from '../testing/task-commands.ts'

let store: TestStore
let copy: TestCopy
beforeAll(async () => {
  store = await openTestStore()
  copy = store.openCopy('one')
})
afterAll(() => store.close())

/** A task whose commits wrote several events each. */
const written = async () => {
  const taskId = newTaskId()
  await copy.commands.handle(creation(taskId, { plan: planNeeding({ a: [], b: ['a'], c: ['b'] }) }))
  await copy.commands.handle(stepAnswer(taskId, 'a'))
  await copy.commands.handle(stepAnswer(taskId, 'b'))
  return { taskId, events: await copy.events.read(taskId, 0, 1_000) }
}

test('wherever a range begins and ends within what was committed together, it is that range', async () => {
  const { taskId, events } = await written()
  const rows = await copy.sql`select 1 from task_events where task_id = ${taskId}`
  expect(rows.length).toBeLessThan(events.length)
  for (const after of [0, ...events.keys(), events.length, events.length + 5]) {
    const rest = events.slice(after)
    for (const limit of [1, 2, 3, 1_000]) {
      expect(await copy.events.read(taskId, after, limit)).toEqual(rest.slice(0, limit))
    }
    expect(await copy.events.readMany(new Map([[taskId, after]]))).toEqual(
      new Map([[taskId, rest]]),
    )
  }
})

test('a task that an older version began, event by event, goes on and is read as one', async () => {
  const { taskId, events } = await written()
  await copy.sql`delete from task_events where task_id = ${taskId}`
  for (const { seq, type, at, actor, data } of events) {
    await copy.sql`
      insert into task_events (task_id, seq, type, at, actor, data)
      values (${taskId}, ${seq}, ${type}, ${at}, ${`${actor.kind}:${actor.id}`}, ${JSON.stringify(data)})`
  }
  const other = store.openCopy('two')
  await other.commands.handle(control(taskId, 'PauseTask'))
  const { seq } = await other.commands.handle(control(taskId, 'ResumeTask'))
  const all = await copy.events.read(taskId, 0, 1_000)
  expect(JSON.stringify(all.slice(0, events.length))).toBe(JSON.stringify(events))
  expect(all.map((event) => event.seq)).toEqual(
    Array.from({ length: seq }, (_, index) => index + 1),
  )
  expect(await copy.events.read(taskId, events.length - 2, 3)).toEqual(all.slice(-4, -1))
  expect(JSON.stringify((await copy.cache.refresh([taskId])).get(taskId))).toBe(
    JSON.stringify(fold(all)),
  )
})

test('the events of a task are printed from the database, beside a row that cannot be read', async () => {
  const { taskId, events } = await written()
  const print = (id: string) =>
    spawnSync(
      process.execPath,
      [fileURLToPath(new URL('../print-events-main.ts', import.meta.url)), id],
      { env: { PATH: process.env['PATH'], POSTGRES_URL: store.url }, encoding: 'utf8' },
    )
  const whole = print(taskId)
  expect(whole).toMatchObject({ status: 0, stderr: '' })
  const lines = whole.stdout.trim().split('\n')
  expect(lines.map((line) => JSON.parse(line))).toEqual(
    events.map(({ taskId: _taskId, ...event }) => event),
  )

  await copy.sql`update task_events set packed = '' where task_id = ${taskId} and seq = 1`
  const spoiled = print(taskId)
  expect(spoiled.status).toBe(1)
  expect(spoiled.stderr).toContain(`the events of ${taskId} from 1 on cannot be read`)
  const rest = spoiled.stdout.trim().split('\n')
  expect(lines.slice(-rest.length)).toEqual(rest)
  expect(lines.length).toBeGreaterThan(rest.length)
})
