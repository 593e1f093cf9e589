import { bookmarksMax } from '@maestro/contracts/task/bookmark-endpoints'
import { BookmarkName } from '@maestro/contracts/task/bookmark-name'
import { expect, test } from 'vitest'
import { evolve } from '../evolve.ts'
import { fold } from '../fold.ts'
import { after, create } from '../testing/task-command-fixtures.ts'
import { ada, atMs, planOf } from '../testing/task-fixtures.ts'
import { createSimulation, liveToTheEnd } from '../testing/task-simulation.ts'
import { decide } from '../decide.ts'
import type { TaskCommand } from '../task-command.ts'

const by = { at: atMs(1_000), actor: ada }
const set = (name: string, position: number): TaskCommand => ({
  type: 'SetBookmark',
  name,
  position,
  ...by,
})
const remove = (name: string): TaskCommand => ({ type: 'RemoveBookmark', name, ...by })
const alone = create({ plan: planOf({ draw: {} }) })
const refusalOf =
  (command: TaskCommand, ...before: readonly TaskCommand[]) =>
  () =>
    decide(command, fold(after(alone, ...before)))

test('names stand in the order of the history, and the same name again moves', () => {
  const task = fold(after(alone, set('late', 3), set('early', 1), set('late', 2)))
  expect(task).toMatchObject({
    bookmarks: [
      { name: 'early', position: 1, by: ada.id },
      { name: 'late', position: 2, by: ada.id },
    ],
  })
})

test('the same name at the same place changes nothing', () => {
  expect(refusalOf(set('here', 1), set('here', 1))()).toEqual([])
})

test('a place that is still to come is refused, and the head is said', () => {
  expect(refusalOf(set('tomorrow', 99))).toThrow(
    expect.objectContaining({ code: 'AFTER_BEYOND_HEAD' }),
  )
})

test('a bookmark that is not there cannot be removed', () => {
  expect(refusalOf(remove('nowhere'))).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }))
  expect(fold(after(alone, set('here', 1), remove('here')))).toMatchObject({ bookmarks: [] })
})

test('there is a bound, and a bookmark that moves is within it', () => {
  const full = Array.from({ length: bookmarksMax }, (_, index) => set(`b${index}`, 1))
  expect(refusalOf(set('one more', 1), ...full)).toThrow(
    expect.objectContaining({ code: 'NOT_ALLOWED_NOW' }),
  )
  expect(refusalOf(set('b7', 2), ...full)()).toHaveLength(1)
})

test('a task that has ended takes bookmarks, and nothing but them changes', () => {
  const simulation = createSimulation(alone)
  liveToTheEnd(simulation, () => 0)
  const before = simulation.task()
  const events = simulation.send(set('the end', before.seq))
  expect(events.map(({ type }) => type)).toEqual(['BookmarkSet'])
  expect(events.reduce(evolve, before)).toEqual({
    ...before,
    seq: before.seq + 1,
    updatedAt: by.at,
    bookmarks: [{ name: 'the end', position: before.seq, by: ada.id, setAt: by.at }],
  })
  expect([...simulation.open]).toEqual([])
})

test.each(['', '   ', 'x'.repeat(10_000), 'two\nlines', 'nul\0'])('"%s" is no name', (name) => {
  expect(BookmarkName.safeParse(name).success).toBe(false)
})
