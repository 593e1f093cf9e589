import { expect, test } from 'vitest'
import { createWorkRoom } from './work-room.ts'

test('never gives out more places than there are', async () => {
  const room = createWorkRoom({ callsMax: 3 })
  expect(await room.take('normal', 2)).toBe(2)
  expect(await room.take('normal', 2)).toBe(1)
  expect(room.tryTake()).toBe(false)
  room.free(1)
  expect(room.tryTake()).toBe(true)
})

test('what gets free goes to the highest priority that waits', async () => {
  const room = createWorkRoom({ callsMax: 2 })
  await room.take('low', 2)
  const order: string[] = []
  const low = room.take('low', 1).then(() => order.push('low'))
  const high = room.take('high', 1).then(() => order.push('high'))
  room.free(1)
  await high
  expect(order).toEqual(['high'])
  room.free(1)
  await low
  expect(order).toEqual(['high', 'low'])
})

test('whoever waits for room without taking it leaves it to others', async () => {
  const room = createWorkRoom({ callsMax: 1 })
  await room.untilFree('high')
  expect(await room.take('low', 5)).toBe(1)
})
