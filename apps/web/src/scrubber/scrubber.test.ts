import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { TaskTick } from '../live/task-ticks.ts'
import { buildAxis } from './axis.ts'
import { bucketAt, bucketTicks, densityOf, significantFrom } from './buckets.ts'
import { gapWords } from './gap-words.ts'
import { advance, playheadAt, playTimes } from './playback.ts'
import { glyphOf, phasesOf } from './tick-look.ts'

const tick = (atMs: number, kind = 'CallFinished', stepId: string | null = null): TaskTick => ({
  atMs,
  kind,
  stepId,
})
const steady = (count: number, everyMs = 1_000) =>
  Array.from({ length: count }, (_, index) => tick(index * everyMs))

test('the pixel of an event leads back to it, and later events are never further left', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 200_000 }), { minLength: 2, maxLength: 60 }),
      fc.constantFrom('time' as const, 'events' as const),
      (steps, mode) => {
        let atMs = 0
        const ticks = steps.map((ms) => tick((atMs += ms)))
        const axis = buildAxis(ticks, mode, 900)
        const xs = ticks.map((_, index) => axis.xOf(index + 1))
        expect(xs.toSorted((one, other) => one - other)).toEqual(xs)
        expect(xs.at(-1)).toBeCloseTo(900, 5)
        xs.forEach((x) => expect(axis.xOf(axis.seqAt(x))).toBeCloseTo(x, 5))
      },
    ),
  )
})

test('a long wait is folded to a hatch and says how long it was', () => {
  const ticks = [tick(0), tick(5_000), tick(5_000 + 8_040_000), tick(8_050_000)]
  const axis = buildAxis(ticks, 'time', 1_000)
  expect(axis.gaps).toEqual([{ x: axis.xOf(2), width: 28, waitedMs: 8_040_000, endSeq: 3 }])
  expect(axis.xOf(3) - axis.xOf(2)).toBe(28)
})

test('a wait that one long wait made look short is folded as well', () => {
  // Two days, then a quarter of an hour within half a minute of work.
  const ats = [0, 10_000, 172_810_000, 172_820_000, 173_720_000, 173_730_000]
  const axis = buildAxis(
    ats.map((atMs) => tick(atMs)),
    'time',
    1_000,
  )
  expect(axis.gaps.map(({ waitedMs }) => waitedMs)).toEqual([172_800_000, 900_000])
  expect(axis.xOf(2)).toBeCloseTo((1_000 - 56) / 3)
})

test('a short pause is not folded, however large its share', () => {
  expect(buildAxis([tick(0), tick(59_000), tick(60_000)], 'time', 500).gaps).toEqual([])
})

test('many waits never push what happened off the rail', () => {
  const ticks = Array.from({ length: 6 }, (_, index) => tick(index * 600_000))
  const axis = buildAxis(ticks, 'time', 200)
  expect(axis.xOf(6)).toBeLessThanOrEqual(200)
})

test('one event has a place too', () => {
  const axis = buildAxis([tick(5)], 'time', 300)
  expect(axis.xOf(1)).toBe(0)
  expect(axis.seqAt(200)).toBe(1)
})

test('of several events within six pixels the most important one is drawn', () => {
  const ticks = [
    tick(0, 'TaskCreated'),
    tick(1, 'StepStarted'),
    tick(2, 'StepFailed'),
    tick(3, 'StepRetried'),
    tick(50_000, 'TaskSucceeded'),
  ]
  const buckets = bucketTicks(ticks, buildAxis(ticks, 'time', 600))
  expect(buckets.map(({ glyph, seq, count }) => ({ glyph, seq, count }))).toEqual([
    { glyph: 'failure', seq: 3, count: 4 },
    { glyph: 'edge', seq: 5, count: 1 },
  ])
})

test('where glyphs would lie over each other, the less important one is left out', () => {
  const ticks = [
    tick(0, 'TaskCreated'),
    tick(2_000, 'StepRetried'),
    tick(2_700, 'StepFailed'),
    tick(4_000, 'StepStarted'),
    tick(30_000, 'TaskSucceeded'),
  ]
  const drawn = (width: number) =>
    bucketTicks(ticks, buildAxis(ticks, 'time', width)).map(({ seq }) => seq)
  expect(drawn(1_000)).toEqual([1, 2, 3, 4, 5])
  expect(drawn(300)).toEqual([1, 3, 4, 5])
})

test('density counts every event, with and without a glyph', () => {
  const ticks = steady(100)
  const density = densityOf(ticks, buildAxis(ticks, 'time', 100), 10)
  expect(density).toHaveLength(10)
  expect(Math.max(...density)).toBe(1)
})

test('significant steps stop at glyphs and at the ends', () => {
  const ticks = [tick(0, 'TaskCreated'), tick(1), tick(2, 'StepStarted'), tick(3)]
  expect(significantFrom(ticks, 1, 1)).toBe(3)
  expect(significantFrom(ticks, 3, 1)).toBe(4)
  expect(significantFrom(ticks, 3, -1)).toBe(1)
})

test('phases follow the task back into drafting when another draft is asked for', () => {
  const ticks = [
    tick(0, 'TaskCreated'),
    tick(1, 'DraftingStarted'),
    tick(2, 'ApprovalRequested'),
    tick(3, 'DraftingStarted'),
    tick(4, 'ApprovalRequested'),
    tick(5, 'TaskStarted'),
    tick(6, 'ApprovalRequested', 'step_a'),
    // About money.
    tick(7, 'ApprovalRequested'),
  ]
  expect(phasesOf(ticks)).toEqual([
    { from: 1, phase: 'Draft' },
    { from: 3, phase: 'Approve' },
    { from: 4, phase: 'Draft' },
    { from: 5, phase: 'Approve' },
    { from: 6, phase: 'Execute' },
  ])
})

test('playing comes to the end and stays there', () => {
  const times = playTimes(steady(20, 400))
  let playhead = playheadAt(times, 1)
  const seen: number[] = []
  for (let frame = 0; frame < 2_000; frame += 1) {
    playhead = advance(playhead, times, 4, 16)
    seen.push(playhead.seq)
  }
  expect(seen.at(-1)).toBe(20)
  expect(seen.toSorted((one, other) => one - other)).toEqual(seen)
})

test('what is shown stays at least 150 ms, however fast it plays', () => {
  const times = playTimes(steady(200, 10))
  let playhead = playheadAt(times, 1)
  let changes = 0
  for (let frame = 0; frame < 60; frame += 1) {
    const next = advance(playhead, times, 64, 16)
    if (next.seq !== playhead.seq) changes += 1
    playhead = next
  }
  expect(changes).toBeLessThanOrEqual(Math.floor((60 * 16) / 150))
})

test('a tab that was hidden for a minute goes on where it was', () => {
  const times = playTimes(steady(100, 1_000))
  expect(advance(playheadAt(times, 1), times, 1, 60_000).seq).toBeLessThanOrEqual(2)
})

test('waiting is not played', () => {
  expect(playTimes([tick(0), tick(7_200_000)])).toEqual([0, 2_000])
})

test('a bucket lists what shares its place, the most important first, and counts the rest', () => {
  const ticks = [
    tick(0, 'TaskCreated'),
    tick(1, 'StepStarted'),
    tick(2, 'StepFailed'),
    tick(3),
    tick(4, 'StepRetried'),
    tick(50_000, 'TaskSucceeded'),
  ]
  const axis = buildAxis(ticks, 'time', 600)
  expect(bucketAt(ticks, axis, axis.xOf(3), 2)).toEqual({ seqs: [3, 1], more: 2 })
  expect(bucketAt(ticks, axis, axis.xOf(6), 5)).toEqual({ seqs: [6], more: 0 })
  expect(bucketAt(ticks, axis, 300, 5)).toEqual({ seqs: [], more: 0 })
})

test('a pause by the budget is told as one, and no person is said to have made it', () => {
  expect(glyphOf({ kind: 'TaskPaused' })).toBe('human')
  expect(glyphOf({ kind: 'TaskPaused', isBudget: true })).toBe('budget')
})

test('a wait says how long it was, and for what', () => {
  expect(gapWords(8_040_000, 'ApprovalDecided')).toBe('waited 2 h 14 m, approval')
  expect(gapWords(120_000, undefined)).toBe('waited 2 m 0 s')
})
