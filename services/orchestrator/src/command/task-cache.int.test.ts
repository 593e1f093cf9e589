import { newTaskId } from '@maestro/service-kit/new-id'
import { fold } from '@maestro/task-model/fold'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestStore, type TestStore } from '../testing/open-test-store.ts'
import { control, creation } from '../testing/task-commands.ts'

let store: TestStore
beforeAll(async () => {
  store = await openTestStore()
})
afterAll(() => store.close())

const every = 10

/** A task of some forty events, by a copy that has written its snapshots. */
const longTask = async (model: string) => {
  const copy = store.openCopy('writer', { snapshotEvery: every, model })
  const taskId = newTaskId()
  await copy.commands.handle(creation(taskId))
  for (let round = 0; round < 20; round += 1) {
    await copy.commands.handle(control(taskId, 'PauseTask'))
    await copy.commands.handle(control(taskId, 'ResumeTask'))
  }
  await copy.snapshots.idle()
  return { taskId, events: await copy.events.read(taskId, 0, 1_000) }
}

/** What a copy that knows nothing loads; and how many events it read for that. */
const coldLoad = async (taskId: Awaited<ReturnType<typeof longTask>>['taskId'], model: string) => {
  const copy = store.openCopy('reader', { snapshotEvery: every, model })
  const snapshot = (await copy.snapshots.newest([taskId])).get(taskId)
  return { task: (await copy.cache.load([taskId])).get(taskId), from: snapshot?.seq ?? 0 }
}

test('a copy that does not know a task folds what came after its snapshot, to the same state', async () => {
  const { taskId, events } = await longTask('rules')
  const { task, from } = await coldLoad(taskId, 'rules')
  expect(from).toBeGreaterThan(events.length - 2 * every)
  expect(JSON.stringify(task)).toBe(JSON.stringify(fold(events)))
})

test('a snapshot is what is read: nothing before it is', async () => {
  const { taskId } = await longTask('rules')
  const { sql } = store.openCopy('spoiler')
  await sql`update task_events set packed = '\\x00' where task_id = ${taskId} and seq = 1`
  expect((await coldLoad(taskId, 'rules')).task).toMatchObject({ status: 'running' })
  await expect(coldLoad(taskId, 'other rules')).rejects.toThrow(`the events of ${taskId} from 1 on`)
})

test('what other rules folded is passed over, and replaced when the task goes on', async () => {
  const { taskId, events } = await longTask('older rules')
  const { task, from } = await coldLoad(taskId, 'rules')
  expect(from).toBe(0)
  expect(task).toEqual(fold(events))
  const copy = store.openCopy('writer', { snapshotEvery: every, model: 'rules' })
  await copy.commands.handle(control(taskId, 'PauseTask'))
  await copy.snapshots.idle()
  expect((await coldLoad(taskId, 'rules')).from).toBeGreaterThanOrEqual(events.length)
})

test('a task that is short has no snapshot', async () => {
  const copy = store.openCopy('writer', { snapshotEvery: 1_000 })
  const taskId = newTaskId()
  await copy.commands.handle(creation(taskId))
  await copy.snapshots.idle()
  expect(await copy.sql`select 1 from task_snapshots where task_id = ${taskId}`).toHaveLength(0)
})
