import { expect, test } from 'vitest'
import { seqAtTime } from './seq-at-time.ts'

const ticks = [10, 20, 20, 30].map((atMs) => ({ atMs }))

test('a moment belongs to the newest event before it, and to the first one where there is none', () => {
  expect([0, 10, 15, 20, 29, 30, 99].map((atMs) => seqAtTime(ticks, atMs))).toEqual([
    1, 1, 1, 3, 3, 4, 4,
  ])
})
