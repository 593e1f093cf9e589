import { expect, test } from 'vitest'
import { seqOfLine } from './seq-of-line.ts'

const ticks = [1_000, 2_000, 3_000].map((atMs) => ({ atMs }))
const at = (ms: number) => new Date(ms).toISOString()

test('a line leads to the event that it names, else to the newest one before it', () => {
  const line = { service: 'orchestrator', fields: { seq: 3 }, at: at(1_500) }
  expect(seqOfLine(line, ticks)).toBe(3)
  expect(seqOfLine({ ...line, fields: { seq: 9 } }, ticks)).toBe(1)
  expect(seqOfLine({ ...line, service: 'timeline' }, ticks)).toBe(1)
  expect(seqOfLine({ ...line, fields: {}, at: at(2_000) }, ticks)).toBe(2)
  expect(seqOfLine({ ...line, fields: {}, at: at(10) }, ticks)).toBe(1)
})
