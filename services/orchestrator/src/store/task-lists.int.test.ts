import { type TaskId, TaskId as TaskIds } from '@maestro/contracts/ids'
import { newTaskId } from '@maestro/service-kit/new-id'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestStore, type TestCopy, type TestStore } from '../testing/open-test-store.ts'
import { control, creation } from '../testing/task-commands.ts'

let store: TestStore
let copy: TestCopy
beforeAll(async () => {
  store = await openTestStore()
  copy = store.openCopy('one')
})
afterAll(() => store.close())

const all = { status: null, q: null, cursor: null, limit: 200 } as const
const bornAt = '2026-05-01T00:00:00.000Z'
const bear = async (goal: string, at = bornAt) => {
  const taskId = newTaskId()
  await copy.commands.handle(creation(taskId, { goal, at }))
  return taskId
}
const readPages = async (
  limit: number,
  between: () => Promise<unknown> = async () => undefined,
) => {
  const seen: TaskId[] = []
  for (let cursor: string | null = null; ;) {
    const page = await copy.lists.tasks({ ...all, q: 'paged', cursor, limit })
    seen.push(...page.items.map(({ taskId }) => taskId))
    if (page.nextCursor === null) return seen
    cursor = page.nextCursor
    await between()
  }
}

test('pages show every task once, the newest first, also those that were born at the same moment', async () => {
  const taskIds = await Promise.all(Array.from({ length: 7 }, () => bear('paged')))
  const newest = await bear('paged', '2026-05-02T00:00:00.000Z')
  // What comes meanwhile moves none of the pages that follow.
  const pages = await readPages(3, () => bear('paged', '2026-05-03T00:00:00.000Z'))
  expect(pages).toEqual([newest, ...taskIds.toSorted().toReversed()])
})

test('words are searched as they are, not as a pattern', async () => {
  const taskId = await bear('Save 10% of foo_bar, C:\\ and "quotes"')
  await bear('Save 100 of fooXbar')
  for (const q of ['10%', 'foo_bar', 'C:\\', '"QUOTES"']) {
    const { items } = await copy.lists.tasks({ ...all, q })
    expect(items.map((item) => item.taskId)).toEqual([taskId])
  }
  expect((await copy.lists.tasks({ ...all, q: 'a\0b' })).items).toEqual([])
})

test('a list follows the status of its tasks', async () => {
  const taskId = await bear('to be paused')
  const paused = () => copy.lists.tasks({ ...all, status: 'paused' })
  expect((await paused()).items).toEqual([])
  const { seq } = await copy.commands.handle(control(taskId, 'PauseTask'))
  expect((await paused()).items).toMatchObject([{ taskId, seq, status: 'paused', stepsTotal: 2 }])
})

test.each([
  'x',
  Buffer.from('never task_1').toString('base64url'),
  Buffer.from(`${bornAt} nobody\0`).toString('base64url'),
  Buffer.from('+275760-09-13T00:00:00.000Z task_1').toString('base64url'),
])('a cursor that is not ours is refused: %s', async (cursor) => {
  await expect(copy.lists.tasks({ ...all, cursor })).rejects.toMatchObject({
    code: 'INVALID_INPUT',
    details: { field: 'cursor' },
  })
})

test('ids that nobody knows are left out of summaries', async () => {
  const taskId = await bear('known')
  const found = await copy.lists.summaries([TaskIds.parse('task_nobody'), taskId])
  expect(found.map((item) => item.taskId)).toEqual([taskId])
})
