import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bytesOfTicks, type PlainTick, unpackTicks } from '@maestro/contracts/timeline/packed-ticks'

const packTicks = (ticks: readonly PlainTick[], from: number) =>
  Buffer.from(bytesOfTicks(ticks, from)).toString('base64')
const startAtMs = Date.parse('2026-01-01T00:00:00.000Z')
const anyTick = fc.record({
  // A clock may be an hour off, or years.
  atMs: fc.integer({ min: 0, max: 8_640_000_000_000 }),
  kind: fc.integer({ min: 0, max: 200 }),
  step: fc.integer({ min: -1, max: 40_000 }),
})

test('what was packed comes back as it was, whatever the clocks said', () =>
  fc.assert(
    fc.property(fc.array(anyTick), (ticks) => {
      expect(unpackTicks(packTicks(ticks, startAtMs), startAtMs)).toEqual(ticks)
    }),
  ))

test('what is packed later can be put behind it', () =>
  fc.assert(
    fc.property(fc.array(anyTick), fc.nat(), (ticks, cut) => {
      const [some, others] = [ticks.slice(0, cut), ticks.slice(cut)]
      const bytes = [
        bytesOfTicks(some, startAtMs),
        bytesOfTicks(others, some.at(-1)?.atMs ?? startAtMs),
      ]
      expect(Buffer.concat(bytes).toString('base64')).toBe(packTicks(ticks, startAtMs))
    }),
  ))

test('an event takes about four bytes', () => {
  const ticks = Array.from({ length: 10_000 }, (_, index) => ({
    atMs: startAtMs + index * 60,
    kind: index % 30,
    step: index % 100,
  }))
  expect(packTicks(ticks, startAtMs).length / ticks.length).toBeLessThan(6)
})

test('what was cut off within an event is refused', () => {
  const packed = packTicks([{ atMs: startAtMs, kind: 1, step: 1 }], startAtMs)
  const cut = btoa(atob(packed).slice(0, -1))
  expect(() => unpackTicks(cut, startAtMs)).toThrow(RangeError)
})
