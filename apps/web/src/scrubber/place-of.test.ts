import { expect, test } from 'vitest'
import { placeOf } from './place-of.ts'

const startMs = new Date(2026, 0, 1, 23, 50, 0).getTime()
/** An event a minute, over midnight. */
const ticks = Array.from({ length: 30 }, (_, index) => ({ atMs: startMs + index * 60_000 }))
const from = (seq: number, typed: string) => placeOf(typed, { ticks, seq })

test('an event, a clock time, a stretch of time and a number of events lead to a place', () => {
  expect(from(1, '12')).toEqual({ seq: 12 })
  expect(from(1, ' 23:52 ')).toEqual({ seq: 3 })
  expect(from(1, '23:52:30')).toEqual({ seq: 3 })
  expect(from(5, '+12m')).toEqual({ seq: 17 })
  expect(from(5, '-90s')).toEqual({ seq: 3 })
  expect(from(5, '+ 0.2 h')).toEqual({ seq: 17 })
  expect(from(5, '+3')).toEqual({ seq: 8 })
  expect(from(5, '-4')).toEqual({ seq: 1 })
})

test('a clock time is looked for on the day that is shown, then on its neighbours', () => {
  expect(from(1, '00:05')).toEqual({ seq: 16 })
  expect(from(20, '23:55')).toEqual({ seq: 6 })
})

test('the first and the last second of a task are a part of it', () => {
  expect(from(9, '23:50:00')).toEqual({ seq: 1 })
  expect(from(9, '00:19:00')).toEqual({ seq: 30 })
})

test.each(['', '0', '31', '99999999', '24:00', '12:60', '13:00', '+9h', '-99', 'tomorrow', '1e3'])(
  '%j says what is there instead',
  (typed) => {
    expect(from(5, typed)).toHaveProperty('problem')
  },
)
