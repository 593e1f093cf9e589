import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createStitch } from './stitch.ts'

const events = (...seqs: number[]) => seqs.map((seq) => ({ seq }))

test('[S2] drops what it already has', () => {
  const stitch = createStitch(4)
  expect(stitch.take(events(3, 4, 5))).toEqual(events(5))
  expect(stitch.take(events(5))).toEqual([])
})

test('[S3] holds back what lies beyond a gap, and names the gap', () => {
  const stitch = createStitch(1)
  expect(stitch.take(events(3, 4))).toEqual([])
  expect(stitch.missingFrom()).toBe(2)
  expect(stitch.take(events(2))).toEqual(events(2, 3, 4))
  expect(stitch.missingFrom()).toBeNull()
})

test('a head that the server tells exposes an event that never came', () => {
  const stitch = createStitch(7)
  stitch.hear(9)
  expect(stitch.missingFrom()).toBe(8)
  expect(stitch.behind()).toBe(2)
})

test('a snapshot takes the place of everything up to it', () => {
  const stitch = createStitch(0)
  stitch.take(events(3, 12))
  stitch.reset(10)
  expect(stitch.take(events(11))).toEqual(events(11, 12))
})

test('[S1] whatever order, repeats and cuts a stream has, every event leaves once and in order', () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 8 }), { maxLength: 40 }),
      (batches) => {
        const stitch = createStitch(0)
        const applied = batches.flatMap((seqs) => stitch.take(events(...seqs)))
        expect(applied.map(({ seq }) => seq)).toEqual(applied.map((_, index) => index + 1))
        const missing = Array.from({ length: 30 }, (_, index) => ({ seq: index + 1 }))
        const rest = stitch.take(missing)
        expect(applied.length + rest.length).toBe(30)
      },
    ),
  )
})
