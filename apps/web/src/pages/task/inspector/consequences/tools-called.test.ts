import {
  after,
  answer,
  answerTool,
  createWith,
} from '@maestro/task-model/testing/task-command-fixtures'
import type { TaskEvent } from '@maestro/contracts/task/task-events'
import { expect, test } from 'vitest'
import { toolsCalled } from './tools-called.ts'

const events = after(
  createWith({ a: [], b: [] }),
  answer('a', { tools: ['t1', 't2'] }),
  answerTool('a', 't1'),
  // Ids that a model gives are told apart only within a turn.
  answer('b', { tools: ['t1'] }),
)

test('a tool is told with how often it was called, whether or not it has answered', () => {
  const calls = toolsCalled(events)
  expect(calls.length).toBeGreaterThan(0)
  expect(calls.reduce((sum, { times }) => sum + times, 0)).toBe(
    events.filter(({ type }) => type === 'ToolCalled').length,
  )
})

test('what was refused was not called', () => {
  const refused = events.flatMap((event): readonly TaskEvent[] =>
    event.type === 'ToolCalled'
      ? [
          event,
          {
            ...event,
            type: 'ToolRefused',
            data: { ...event.data, reason: 'no', result: event.data.arguments },
          },
        ]
      : [event],
  )
  expect(toolsCalled(refused)).toEqual([])
})
