import { toCloudEvent } from '@maestro/contracts/task/task-cloud-event'
import { expect, test } from 'vitest'
import { evolveCloudEvent } from './evolve-cloud-event.ts'
import { fold } from './fold.ts'
import { after, answer, createWith } from './testing/task-command-fixtures.ts'
import { unbornTask } from './task.ts'

const events = after(createWith({ a: [], b: ['a'] }), answer('a'), answer('b'))
const overTheBus = events.map((event) => JSON.parse(JSON.stringify(toCloudEvent(event))))

test('a fold over the bus is the fold over the events', () =>
  expect(overTheBus.reduce(evolveCloudEvent, unbornTask)).toEqual(fold(events)))

test('an event of a kind that a newer orchestrator knows moves only the position', () => {
  const [born, ...rest] = overTheBus
  const newer = { ...rest.at(-1), type: 'maestro.MoonRose', seq: rest.at(-1).seq + 1 }
  const before = overTheBus.reduce(evolveCloudEvent, unbornTask)
  expect(evolveCloudEvent(before, newer)).toEqual({ ...before, seq: newer.seq })
  expect(evolveCloudEvent(unbornTask, { ...born, type: 'maestro.MoonRose' })).toBe(unbornTask)
})
