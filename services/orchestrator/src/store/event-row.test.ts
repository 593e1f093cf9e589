import { readdirSync, readFileSync } from 'node:fs'
import { zstdCompressSync } from 'node:zlib'
import { TaskId } from '@maestro/contracts/ids'
import type { TaskEvent } from '@maestro/contracts/task/task-events'
import { expect, test } from 'vitest'
import { type EventRow, eventsFromRow, packedRowsOf } from './event-row.ts'

const histories = new URL('../../../../libs/task-model/history/', import.meta.url)
const historyOf = (file: string) => {
  const stored = JSON.parse(readFileSync(new URL(file, histories), 'utf8')) as {
    events: TaskEvent[]
  }
  return stored.events
}
const taskId = TaskId.parse('task_1')
const paused = (seq: number, note = ''): TaskEvent =>
  ({
    type: 'TaskPaused',
    data: { by: 'person', note },
    taskId,
    seq,
    at: '2026-01-01T00:00:00.000Z',
    actor: { kind: 'person', id: 'ada' },
  }) as unknown as TaskEvent
const rowOf = (packed: Buffer): EventRow => ({ taskId, seq: 1, packed })
const packedOf = (events: readonly TaskEvent[]): Buffer =>
  packedRowsOf(events)[0]?.packed ?? Buffer.alloc(0)

test.each(readdirSync(histories))('every event comes back byte by byte: %s', (file) => {
  const events = historyOf(file)
  const rows = packedRowsOf(events)
  expect(JSON.stringify(rows.flatMap(eventsFromRow))).toBe(JSON.stringify(events))
  expect(rows.at(-1)?.lastSeq).toBe(events.at(-1)?.seq)
})

test('traces, characters of all kinds and keys that objects are wary of come back as well', () => {
  const odd = JSON.parse('{"__proto__":{"a":1},"constructor":null,"2":"ü\\u2028","1":"😀\\u0000"}')
  const event = { ...paused(1), data: odd, traceparent: '00-a-b-01' } as TaskEvent
  const [back] = packedRowsOf([event]).flatMap(eventsFromRow)
  expect(JSON.stringify(back?.data)).toBe(JSON.stringify(odd))
  expect(back?.traceparent).toBe('00-a-b-01')
})

test('a row holds events of one task that follow each other, and no more than is read at once', () => {
  const other: TaskEvent = { ...paused(3), taskId: TaskId.parse('task_2') }
  const long = 'x'.repeat(40_000)
  const events = [paused(1), paused(2), other, paused(4), paused(5, long), paused(6, long)]
  const rows = packedRowsOf(events)
  expect(rows.map(({ seq, lastSeq }) => [seq, lastSeq])).toEqual([
    [1, 2],
    [3, 3],
    [4, 5],
    [6, 6],
  ])
  expect(rows.flatMap(eventsFromRow)).toEqual(events)
})

test('what was written one by one, before events were packed, is read as ever', () => {
  const row: EventRow = {
    taskId,
    seq: 7,
    packed: null,
    type: 'TaskPaused',
    at: new Date('2026-01-01T00:00:00.000Z'),
    actor: 'api-key:a:b',
    data: '{"note":"","by":"person"}',
    traceparent: null,
  }
  expect(JSON.stringify(eventsFromRow(row))).toBe(
    '[{"type":"TaskPaused","data":{"note":"","by":"person"},"taskId":"task_1","seq":7,' +
      '"at":"2026-01-01T00:00:00.000Z","actor":{"kind":"api-key","id":"a:b"}}]',
  )
  expect(() => eventsFromRow({ ...row, data: '{"note' })).toThrow(
    'the events of task_1 from 7 on cannot be read',
  )
})

test('what was altered is never read as something else, and names its task and event', () => {
  const events = historyOf('money-and-changes.json').map((event, index) => ({
    ...event,
    taskId,
    seq: index + 1,
  }))
  const packed = packedOf(events)
  const [first] = eventsFromRow(rowOf(packed))
  const readOrReason = (bytes: Buffer) => {
    try {
      return eventsFromRow(rowOf(bytes))[0]
    } catch (error) {
      return (error as Error).message
    }
  }
  const refused = expect.stringContaining('the events of task_1 from 1 on cannot be read: ')
  const places = [...packed.keys()].filter((at) => at < 16 || at % 11 === 0)
  for (const at of places) {
    const spoiled = Buffer.from(packed)
    spoiled.writeUInt8(spoiled.readUInt8(at) ^ 0x11, at)
    expect(readOrReason(spoiled)).toEqual(refused)
  }
  for (const cut of [packed.subarray(0, -1), packed.subarray(0, 1), Buffer.alloc(0)]) {
    expect(readOrReason(cut)).toEqual(refused)
  }
  expect(readOrReason(packed)).toEqual(first)
})

test('a row that unpacks to more than any commit writes is refused, not held', () => {
  const bomb = zstdCompressSync(Buffer.alloc(64 * 1024 * 1024))
  expect(bomb.length).toBeLessThan(8_192)
  expect(() => eventsFromRow(rowOf(bomb))).toThrow('cannot be read')
})
