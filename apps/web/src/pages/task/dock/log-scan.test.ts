import { expect, test } from 'vitest'
import type { TaskEventAt } from '../../../live/task-event-at.ts'
import { type LogLine, logLineOf } from './log-line.ts'
import { emptyScan, goOnScanning, linesMax } from './log-scan.ts'

const eventAt = (seq: number): TaskEventAt => ({
  seq,
  atMs: seq,
  kind: seq % 10 === 0 ? 'Tenth' : 'Other',
  event: null,
})
const held = (from: number, to: number) => (seq: number) =>
  seq >= from && seq <= to ? eventAt(seq) : undefined
const lineOf = (placed: TaskEventAt) => logLineOf(placed)
const isTenth = ({ text }: LogLine) => text === 'Tenth'
const seqsOf = (lines: readonly LogLine[]) => lines.map(({ seq }) => seq)

test('[L1] it finds what fits of what is here, and goes on when more comes on either side', () => {
  const fits = isTenth
  let scan = goOnScanning(emptyScan(95), { event: held(61, 95), lineOf, fits, seq: 95 })
  expect(seqsOf(scan.lines)).toEqual([70, 80, 90])
  expect(scan).toMatchObject({ from: 61, to: 95 })
  scan = goOnScanning(scan, { event: held(31, 120), lineOf, fits, seq: 120 })
  expect(seqsOf(scan.lines)).toEqual([40, 50, 60, 70, 80, 90, 100, 110, 120])
  expect(scan).toMatchObject({ from: 31, to: 120 })
})

test('[L1] a position before all that was looked through, or with a gap before it, begins anew', () => {
  const fits = isTenth
  const scan = goOnScanning(emptyScan(95), { event: held(61, 95), lineOf, fits, seq: 95 })
  expect(seqsOf(goOnScanning(scan, { event: held(1, 30), lineOf, fits, seq: 30 }).lines)).toEqual([
    10, 20, 30,
  ])
  expect(goOnScanning(scan, { event: held(400, 500), lineOf, fits, seq: 500 })).toMatchObject({
    from: 400,
    to: 500,
  })
})

test('what was looked through is not looked through again', () => {
  const fits = isTenth
  const scan = goOnScanning(emptyScan(95), { event: held(61, 95), lineOf, fits, seq: 95 })
  expect(goOnScanning(scan, { event: held(61, 95), lineOf, fits, seq: 95 })).toBe(scan)
})

test('however much fits, no more lines are held than anybody reads', () => {
  const scan = goOnScanning(emptyScan(9_000), {
    event: held(1, 9_000),
    lineOf,
    fits: () => true,
    seq: 9_000,
  })
  expect(scan.lines).toHaveLength(linesMax)
  expect(scan.lines.at(-1)?.seq).toBe(9_000)
})

test('[L1] looking back stops before what is not known yet, and goes on once it is', () => {
  const known = (from: number) => (placed: TaskEventAt) =>
    placed.seq === 70 && from > 60 ? null : logLineOf(placed)
  const fits = isTenth
  let scan = goOnScanning(emptyScan(95), {
    event: held(61, 95),
    lineOf: known(61),
    fits,
    seq: 95,
  })
  expect(seqsOf(scan.lines)).toEqual([80, 90])
  expect(scan.from).toBe(71)
  scan = goOnScanning(scan, { event: held(31, 95), lineOf: known(31), fits, seq: 95 })
  expect(seqsOf(scan.lines)).toEqual([40, 50, 60, 70, 80, 90])
})
