import { createHash } from 'node:crypto'
import { taskEventData, taskEventTypes } from '@maestro/contracts/task/task-events'
import { describe, expect, test } from 'vitest'
import { fold } from './fold.ts'
import { foldOutlines, outlined } from './testing/fold-outlines.ts'
import { recordedHistories } from './testing/recorded-histories.ts'

/** One hash for one state, in whatever order its keys were written. */
const stateHash = (state: unknown): string =>
  createHash('sha256')
    .update(JSON.stringify(sorted(state)))
    .digest('hex')

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, part]) => [key, sorted(part)]),
  )
}

// A stored event folds for ever. What is recorded is never edited: a new kind of event gets a new
// file. Only a new field of the state is a reason to write its new hash down.
describe.each(recordedHistories)('the recorded history %s', (_, { events, stateSha256 }) => {
  test('still fits the contract', () => {
    for (const { type, data } of events) expect(taskEventData[type].parse(data)).toEqual(data)
  })

  test('still folds to the recorded state', () => expect(stateHash(fold(events))).toBe(stateSha256))

  test('has at its end the outline of the whole state, also where only outlines were folded on', () => {
    for (const every of [1, 2, 7])
      expect(outlined(foldOutlines(events, every))).toEqual(outlined(fold(events)))
  })
})

test('every kind of event is in some recorded history', () => {
  const recorded = new Set(
    recordedHistories.flatMap(([, { events }]) => events.map(({ type }) => type)),
  )
  expect(taskEventTypes.filter((type) => !recorded.has(type))).toEqual([])
})
