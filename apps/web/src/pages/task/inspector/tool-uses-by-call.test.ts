import type { TaskEvent } from '@maestro/contracts/task/task-events'
import { expect, test } from 'vitest'
import { toolUsesByCall } from './tool-uses-by-call.ts'

const event = (type: string, data: object) => ({ type, data }) as unknown as TaskEvent
const asks = (callId: string, ...ids: string[]) =>
  event('CallFinished', {
    callId,
    toolCalls: ids.map((toolCallId) => ({ toolCallId, tool: 'search', arguments: { bytes: 2 } })),
  })

test('each call has what it asked tools for, with what came back by then', () => {
  const uses = toolUsesByCall([
    asks('first', 'a', 'b', 'c'),
    event('ToolCalled', { toolCallId: 'a' }),
    event('ToolAnswered', { toolCallId: 'a', ok: true, result: { bytes: 9 }, latencyMs: 12 }),
    event('ToolRefused', { toolCallId: 'b', result: { bytes: 3 } }),
    asks('second'),
    asks('third', 'd'),
    event('ToolCalled', { toolCallId: 'd' }),
  ])
  const told = [...uses].map(([callId, of]) => [callId, of.map(({ status, ok }) => [status, ok])])
  expect(told).toEqual([
    [
      'first',
      [
        ['answered', true],
        ['refused', false],
        ['asked', null],
      ],
    ],
    ['second', []],
    ['third', [['running', null]]],
  ])
})

test('an answer to a question of another step changes nothing', () => {
  const stray = event('ToolAnswered', { toolCallId: 'z', ok: true, result: null, latencyMs: 1 })
  expect([...toolUsesByCall([stray])]).toEqual([])
})
