import { expect, test } from 'vitest'
import { createPartStore } from './part-store.ts'

const Clock = () => null

test('a part that did not load is asked for again, and then stays', async () => {
  let asked = 0
  const part = createPartStore(async () => {
    asked += 1
    if (asked === 1) throw new TypeError('Failed to fetch dynamically imported module')
    return Clock
  })
  await part.fetch()
  expect(part.store.getState()).toEqual({ Part: null, hasFailed: true, isLoading: false })
  await part.fetch()
  expect(part.store.getState()).toEqual({ Part: Clock, hasFailed: false, isLoading: false })
  await part.fetch()
  expect(asked).toBe(2)
})

test('many places that show a part fetch it once', async () => {
  let asked = 0
  const part = createPartStore(async () => {
    asked += 1
    return Clock
  })
  await Promise.all([part.fetch(), part.fetch(), part.fetch()])
  expect(asked).toBe(1)
})
