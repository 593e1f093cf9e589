import type { TaskId } from '@maestro/contracts/ids'
import { newTaskId } from '@maestro/service-kit/new-id'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { openTestStore, type TestCopy, type TestStore } from '../testing/open-test-store.ts'
import { creation } from '../testing/task-commands.ts'
import { createOutbox, type Outbox } from './outbox.ts'
import { createUnpublished } from './unpublished.ts'

const minuteMs = 60_000
const ago = (ms: number) => new Date(Date.now() - ms).toISOString()

let store: TestStore
let copy: TestCopy
let outbox: Outbox
beforeAll(async () => {
  store = await openTestStore()
  copy = store.openCopy('one')
  outbox = createOutbox({ sql: copy.sql })
})
afterAll(() => store.close())
beforeEach(async () => {
  await copy.sql`delete from task_events`
  await copy.sql`delete from relay_marks`
})

const createTask = async (at = ago(0)): Promise<TaskId> => {
  const taskId = newTaskId()
  await copy.commands.handle(creation(taskId, { at }))
  return taskId
}

/** As from before events named their transaction. */
const makeOld = async (taskId: TaskId) => {
  await copy.sql`update task_events set transaction_id = 0 where task_id = ${taskId}`
}

/** All that one way through the table looks at, `limit` rows at once. */
const lookThrough = async (limit: number) => {
  const unpublished = createUnpublished({ outbox, limit })
  const heads = new Map<TaskId, number>()
  for (let looks = 1; looks < 1_000; looks += 1) {
    const look = await unpublished.next()
    for (const [taskId, head] of look.heads) heads.set(taskId, head)
    await look.done()
    if (!look.isMore) return { heads, looks }
  }
  throw new Error('it comes to no end')
}

test('rows of one transaction are looked at a few at once, each of them, and the mark moves when all were', async () => {
  const taskIds = [await createTask(), await createTask(), await createTask()]
  await copy.sql`update task_events set transaction_id = default`
  const [row] = await copy.sql<{ count: number }[]>`select count(*) as count from task_events`
  const rows = row?.count ?? 0
  const before = await outbox.readPlace()
  const { heads, looks } = await lookThrough(2)
  expect(looks).toBe(Math.floor(rows / 2) + 1)
  const whole = await Promise.all(
    taskIds.map(async (taskId) => [taskId, await copy.events.head(taskId)] as const),
  )
  expect(heads).toEqual(new Map(whole))
  expect(await outbox.readPlace()).toBeGreaterThan(before)
})

test('what ends with the last row that is looked at once moves the mark as well', async () => {
  await createTask()
  const [row] = await copy.sql<{ count: number }[]>`select count(*) as count from task_events`
  const before = await outbox.readPlace()
  await lookThrough(row?.count ?? 0)
  expect(await outbox.readPlace()).toBeGreaterThan(before)
})

test.each([
  { what: 'a new stream', reopen: () => outbox.reopenSince(new Date(Date.now() - minuteMs)) },
  { what: 'a bus that was cut', reopen: () => outbox.reopenNewest(minuteMs) },
])(
  '$what has those alone looked at again that it may lack, also of what was written before transactions had names',
  async ({ reopen }) => {
    const [older, old] = [await createTask(ago(60 * minuteMs)), await createTask()]
    await makeOld(older)
    await makeOld(old)
    const fresh = await createTask()
    expect(new Set((await lookThrough(100)).heads.keys())).toEqual(new Set([fresh]))
    // Transactions of other databases of the server hold the mark as well.
    await expect.poll(async () => (await lookThrough(100)).heads.size).toBe(0)
    await reopen()
    expect(new Set((await lookThrough(100)).heads.keys())).toEqual(new Set([old, fresh]))
  },
)
