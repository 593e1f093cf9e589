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

test('who waits for a place is not overtaken by what happens to come', async () => {
  const room = createWorkRoom({ callsMax: 1 })
  await room.take('low', 1)
  const high = room.take('high', 1)
  room.free(1)
  expect(room.tryTake()).toBe(false)
  expect(await high).toBe(1)
})
