import { toCloudEvent } from '@maestro/contracts/task/task-cloud-event'
import { expect, test } from 'vitest'
import { evolveCloudEvent } from './evolve-cloud-event.ts'
import { fold } from './fold.ts'
import { after, answer, createWith } from './testing/task-command-fixtures.ts'
import { type Task, unbornTask } from './task.ts'

const events = after(createWith({ a: [], b: ['a'] }), answer('a'), answer('b'))
const overTheBus = events.map((event) => JSON.parse(JSON.stringify(toCloudEvent(event))))

const foldOf = (told: typeof overTheBus): Task =>
  told.reduce((task, event) => evolveCloudEvent(new WeakSet(), task, event), unbornTask)

test('a fold over the bus is the fold over the events', () =>
  expect(foldOf(overTheBus)).toEqual(fold(events)))

test('an event of a kind that a newer orchestrator knows moves only the position', () => {
  const [born, ...rest] = overTheBus
  const newer = { ...rest.at(-1), type: 'maestro.MoonRose', seq: rest.at(-1).seq + 1 }
  const before = foldOf(overTheBus)
  expect(evolveCloudEvent(new WeakSet(), before, newer)).toEqual({ ...before, seq: newer.seq })
  expect(evolveCloudEvent(new WeakSet(), unbornTask, { ...born, type: 'maestro.MoonRose' })).toBe(
    unbornTask,
  )
})
