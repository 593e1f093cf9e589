import type { TaskEvent } from '@maestro/contracts/task/task-events'
import { expect, test } from 'vitest'
import { after, answer, createWith, decideOn } from '../testing/task-command-fixtures.ts'
import { createTimeBook } from './time-book.ts'
import { timeOfTask } from './time-of-task.ts'

const paceMs = 1_000
/** The same events, each a second after the one before. */
const told = (events: readonly TaskEvent[]) => {
  const book = createTimeBook()
  const startMs = Date.parse('2026-01-01T00:00:00.000Z')
  events.forEach((event, index) =>
    book.note({ ...event, at: new Date(startMs + index * paceMs).toISOString() }),
  )
  return timeOfTask(book.read())
}

const untilAsked = [createWith({ a: {}, b: { needs: ['a'], gate: true } }), answer('a')]

test('a step that asks before it begins has waited for a person since it asked', () => {
  const events = after(...untilAsked, decideOn('step-b', 'approve'), answer('b'))
  const askedAt = events.findIndex(({ type }) => type === 'ApprovalRequested')
  const { steps, criticalPath } = told(events)
  const gated = steps.find(({ stepId }) => stepId === 'step_b')
  expect(gated?.startedAt).toBe(told(events.slice(0, askedAt + 1)).endedAt)
  expect(gated?.time.personMs).toBe(paceMs)
  expect(criticalPath).toEqual(['step_a', 'step_b'])
})

test('while nobody has answered it is what the end waits for', () => {
  const { steps, criticalPath } = told(after(...untilAsked))
  expect(steps.map(({ stepId, attempts }) => [stepId, attempts])).toEqual([
    ['step_a', 1],
    ['step_b', 0],
  ])
  expect(criticalPath).toEqual(['step_a', 'step_b'])
})
