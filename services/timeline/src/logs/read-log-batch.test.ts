import { expect, test } from 'vitest'
import { readLogBatch } from './read-log-batch.ts'

const time = '2026-01-01T00:00:00.000Z'
const head = { service: 'budget', copy: 'b-1', instance: 'abc', first: 7 }
const good = { level: 30, time, msg: 'good', taskId: 'task_1' }

test.each([{ level: 'high' }, { level: 35.5 }, { time: 'yesterday' }, { msg: {} }])(
  'a line with %j loses itself alone, and the others keep their numbers',
  (odd) => {
    const read = readLogBatch({ ...head, lines: [{ ...good, ...odd }, good] }, time)
    expect(read?.linesLost).toBe(1)
    expect(read?.batch).toEqual({
      ...head,
      lines: [{ level: 40, time, msg: 'a line of this log was odd and is left out' }, good],
    })
  },
)

test.each([{}, null, 'text', { ...head, lines: [] }, { ...head, first: -1, lines: [good] }])(
  '%j is no batch',
  (message) => expect(readLogBatch(message, time)).toBeNull(),
)
