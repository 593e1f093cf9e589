import { expect, test } from 'vitest'
import { createBatcher } from './batcher.ts'

/** Runs batches that the test lets go on one by one. */
const openBatcher = (options: { itemsMax?: number; weightMax?: number } = {}) => {
  const batches: (readonly number[])[] = []
  let gate = Promise.withResolvers<void>()
  const batcher = createBatcher<number, number>({
    itemsMax: options.itemsMax ?? 100,
    ...(options.weightMax === undefined
      ? {}
      : { weightMax: options.weightMax, weigh: (item: number) => item }),
    run: async (items) => {
      batches.push(items)
      await gate.promise
      return items.map((item) => (item < 0 ? new Error(`no ${item}`) : item * 2))
    },
  })
  return {
    batcher,
    batches,
    /** Lets the batch that runs end. */
    next: () => {
      const { resolve } = gate
      gate = Promise.withResolvers<void>()
      resolve()
    },
    goOn: () => gate.resolve(),
  }
}

test('what arrives while a batch runs is decided together, in order, after it', async () => {
  const { batcher, batches, next, goOn } = openBatcher()
  const first = [batcher.add(1), batcher.add(2)]
  await expect.poll(() => batches).toEqual([[1, 2]])
  const second = [batcher.add(3), batcher.add(4)]
  next()
  expect(await Promise.all(first)).toEqual([2, 4])
  expect(batches).toEqual([
    [1, 2],
    [3, 4],
  ])
  goOn()
  expect(await Promise.all(second)).toEqual([6, 8])
})

test('an error in the place of a result rejects that item alone', async () => {
  const { batcher, goOn } = openBatcher()
  goOn()
  const outcomes = await Promise.allSettled([1, -2, 3].map((item) => batcher.add(item)))
  expect(outcomes).toMatchObject([{ value: 2 }, { reason: { message: 'no -2' } }, { value: 6 }])
})

test('a run that throws rejects its items and no others', async () => {
  let runs = 0
  const batcher = createBatcher<number, number>({
    itemsMax: 2,
    run: async (items) => {
      runs += 1
      if (runs === 1) throw new Error('gone')
      return items
    },
  })
  const outcomes = await Promise.allSettled([1, 2, 3].map((item) => batcher.add(item)))
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled'])
})

test('a batch is bounded in items and in weight; what is too heavy runs alone', async () => {
  const counted = openBatcher({ itemsMax: 2 })
  counted.goOn()
  await Promise.all([1, 2, 3].map((item) => counted.batcher.add(item)))
  expect(counted.batches).toEqual([[1, 2], [3]])
  const weighed = openBatcher({ weightMax: 10 })
  weighed.goOn()
  await Promise.all([4, 6, 1, 50, 2].map((item) => weighed.batcher.add(item)))
  expect(weighed.batches).toEqual([[4, 6], [1], [50], [2]])
})

test('idle means that everything added so far is settled', async () => {
  const { batcher, goOn } = openBatcher()
  await batcher.idle()
  let settled = false
  void batcher.add(1).then(() => {
    settled = true
  })
  const idle = batcher.idle()
  goOn()
  await idle
  expect(settled).toBe(true)
})

const openPaced = (paceMs: number) => {
  const batches: (readonly number[])[] = []
  const beganAtMs: number[] = []
  const batcher = createBatcher<number, number>({
    itemsMax: 3,
    paceMs,
    run: async (items) => {
      beganAtMs.push(performance.now())
      batches.push(items)
      return items
    },
  })
  return { batches, beganAtMs, addAll: (items: number[]) => Promise.all(items.map(batcher.add)) }
}

test('after items that came in company the next run waits for more', async () => {
  const paceMs = 500
  const { batches, beganAtMs, addAll } = openPaced(paceMs)
  await addAll([1, 2])
  const third = addAll([3])
  for (let turns = 0; turns < 5; turns += 1) await new Promise(setImmediate)
  await Promise.all([third, addAll([4])])
  expect(batches).toEqual([
    [1, 2],
    [3, 4],
  ])
  const [first = 0, second = 0] = beganAtMs
  // Timers may be early by a part of a millisecond.
  expect(second - first).toBeGreaterThan(paceMs - 2)
})

test('who comes alone after one who came alone never waits, nor does a whole batch', async () => {
  const { batches, addAll } = openPaced(600_000)
  await addAll([1])
  await addAll([2])
  await addAll([3, 4])
  await addAll([5, 6, 7])
  expect(batches).toEqual([[1], [2], [3, 4], [5, 6, 7]])
})
