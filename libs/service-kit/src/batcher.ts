import { setTimeout as delay } from 'node:timers/promises'

/**
 * Decides together what arrives together: while one batch runs, the next one collects. One batch at
 * a time, so that order of arrival is order of decision. Latency of a lone item is that of one run.
 */
export type Batcher<Item, Result> = {
  /** Settles with the item's own result. @throws what `run` threw, or the item's own error. */
  add: (item: Item) => Promise<Result>
  /** Resolves when everything added so far is settled. */
  idle: () => Promise<void>
}

type Waiting<Item, Result> = {
  item: Item
  resolve: (result: Result) => void
  reject: (error: unknown) => void
}

export const createBatcher = <Item, Result>({
  run,
  itemsMax,
  weigh = () => 0,
  weightMax = Number.POSITIVE_INFINITY,
  paceMs = 0,
}: {
  /** One result per item, in order; an `Error` in a result's place rejects that item alone. */
  run: (items: readonly Item[]) => Promise<readonly (Result | Error)[]>
  /** Items of one run; bounds the size of a statement. */
  itemsMax: number
  /** Where items differ in size: what one run may weigh. One that is heavier runs alone. */
  weigh?: (item: Item) => number
  weightMax?: number
  /**
   * While items come in company, runs begin no sooner than this after each other: what a busy system
   * brings is run in fewer batches. An item that comes alone after one that came alone never waits.
   */
  paceMs?: number
}): Batcher<Item, Result> => {
  const waiting: Waiting<Item, Result>[] = []
  let running: Promise<void> | null = null
  let last = { beganAtMs: Number.NEGATIVE_INFINITY, items: 0 }

  const pace = async () => {
    const leftMs = last.beganAtMs + paceMs - performance.now()
    if (last.items > 1 && leftMs > 0 && waiting.length < itemsMax) await delay(leftMs)
  }

  const takeBatch = () => {
    let count = 0
    let weight = 0
    for (const { item } of waiting) {
      weight += weigh(item)
      if (count === itemsMax || (weight > weightMax && count > 0)) break
      count += 1
    }
    return waiting.splice(0, count)
  }

  const runAll = async () => {
    // Let everything that became due in this turn of the event loop join the first batch.
    await new Promise<void>((resolve) => setImmediate(resolve))
    while (waiting.length > 0) {
      await pace()
      const batch = takeBatch()
      last = { beganAtMs: performance.now(), items: batch.length }
      try {
        const results = await run(batch.map(({ item }) => item))
        for (const [index, { resolve, reject }] of batch.entries()) {
          const result = results[index]
          if (result instanceof Error) reject(result)
          else resolve(result as Result)
        }
      } catch (error) {
        for (const { reject } of batch) reject(error)
      }
    }
    running = null
  }

  return {
    add: (item) =>
      new Promise<Result>((resolve, reject) => {
        waiting.push({ item, resolve, reject })
        running ??= runAll()
      }),
    idle: async () => {
      while (running !== null) await running
    },
  }
}
