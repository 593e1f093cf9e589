import { expect, test } from 'vitest'
import { createFactList } from './fact-list.ts'
import type { TaskEventAt } from './task-event-at.ts'

const events = (from: number, to: number): TaskEventAt[] =>
  Array.from({ length: to - from + 1 }, (_, index) => ({
    seq: from + index,
    atMs: 0,
    kind: 'Any',
    event: null,
  }))

test('[F1] facts stand in order and once, whatever came twice or with a gap', () => {
  const here = new Map(events(9, 12).map((event) => [event.seq, event]))
  const list = createFactList({
    pick: ({ seq }) => (seq % 2 === 0 ? seq : null),
    eventAt: (seq) => here.get(seq),
  })
  list.take(events(1, 5))
  list.take(events(3, 8))
  list.take(events(20, 30))
  expect(list.told()).toBe(8)
  expect(list.upTo(8)).toEqual([2, 4, 6, 8])
  expect(list.upTo(5)).toEqual([2, 4])
  list.goOn()
  expect(list.upTo(12)).toEqual([2, 4, 6, 8, 10, 12])
})
