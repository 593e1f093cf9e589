import { describe, expect, test } from 'vitest'
import { evolve } from './evolve.ts'
import { fold } from './fold.ts'
import { type Task, unbornTask } from './task.ts'
import { recordedHistories } from './testing/recorded-histories.ts'

/** Whoever writes into it from now on gets an error. */
const frozen = <Value>(value: Value): Value => {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  for (const part of Object.values(value)) frozen(part)
  return Object.freeze(value)
}

describe.each(recordedHistories)('the recorded history %s', (_, { events }) => {
  test('folds to the same state, event by event or at once', () => {
    const oneByOne = events.reduce<Task>((task, event) => frozen(evolve(task, event)), unbornTask)
    expect(oneByOne).toEqual(fold(events))
  })

  test('can be gone on with from any state on its way, which stays as it is', () => {
    const whole = fold(events)
    for (let at = 1; at < events.length; at += 1) {
      const held = frozen(fold(events.slice(0, at)))
      expect(fold(events.slice(at), held)).toEqual(whole)
    }
  })
})
