import type { CloudEvent } from '@maestro/contracts/bus/cloud-event'
import { expect, test } from 'vitest'
import { boundedEvents } from './bounded-events.ts'

const messageBytesMax = 1024 * 1024
const eventOf = (seq: number, text: string): CloudEvent => ({
  specversion: '1.0',
  id: `task_1:${seq}`,
  source: '/maestro/orchestrator',
  type: 'maestro.TaskPaused',
  subject: 'task_1',
  time: '2026-01-01T00:00:00.000Z',
  datacontenttype: 'application/json',
  data: { text },
  seq,
})

test.each(['x', 'ü', '漢', '😀'])(
  'an answer fits a message without compression: %s',
  (character) => {
    const events = Array.from({ length: 1_000 }, (_, index) =>
      eventOf(index + 1, character.repeat(5_000)),
    )
    const fitting = boundedEvents(events)
    expect(fitting.length).toBeGreaterThan(10)
    expect(fitting.map(({ seq }) => seq)).toEqual(fitting.map((_, index) => index + 1))
    expect(Buffer.byteLength(JSON.stringify({ events: fitting, head: 1_000 }))).toBeLessThan(
      messageBytesMax,
    )
  },
)

test('a single event is always handed over, so that a reader gets on', () => {
  expect(boundedEvents([eventOf(1, 'x'.repeat(messageBytesMax)), eventOf(2, '')])).toHaveLength(1)
  expect(boundedEvents([])).toEqual([])
})
