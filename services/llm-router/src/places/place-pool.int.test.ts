import { type PrivateRedis, startPrivateRedis } from '@maestro/testkit/infrastructure/test-redis'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { connectTestRedis } from '../testing/connect-test-redis.ts'
import { createPlacePool, placeLeaseMs } from './place-pool.ts'

let server: PrivateRedis
beforeAll(async () => {
  server = await startPrivateRedis()
})
afterAll(() => server.stop())

const signal = new AbortController().signal

const startWorkers = async (name: string, callsMax: number, workers: number) => {
  const redis = await connectTestRedis(server.url)
  onTestFinished(() => redis.stop())
  return Array.from({ length: workers }, (_, index) =>
    createPlacePool({ redis, name, worker: `worker-${index}`, callsMax }),
  )
}

test('workers never run more calls together than there are places, and get to use all of them', async () => {
  const pools = await startWorkers('shared', 5, 3)
  const running = { now: 0, most: 0, done: 0 }
  const call = async (index: number) => {
    const pool = pools[index % pools.length]
    if (pool === undefined || !(await pool.take(signal, 20_000))) return
    running.now += 1
    running.most = Math.max(running.most, running.now)
    await new Promise((resolve) => setTimeout(resolve, 20))
    running.now -= 1
    running.done += 1
    pool.free()
  }
  await Promise.all(Array.from({ length: 60 }, (_, index) => call(index)))
  expect(running).toEqual({ now: 0, most: 5, done: 60 })
})

test('who gets no place in time is turned away, and it shows that there is none', async () => {
  const [one, other] = await startWorkers('full', 1, 2)
  expect(await one?.take(signal, 0)).toBe(true)
  expect(await other?.take(signal, 100)).toBe(false)
  expect(other?.isFull()).toBe(true)
  one?.free()
  expect(await other?.take(signal, 5_000)).toBe(true)
})

test('the places of a worker that died are free again when its lease ends, not before', async () => {
  const [dead, alive] = await startWorkers('dead', 2, 2)
  expect(await dead?.take(signal, 0)).toBe(true)
  expect(await dead?.take(signal, 0)).toBe(true)
  const diedAtMs = performance.now()
  expect(await alive?.take(signal, 3 * placeLeaseMs)).toBe(true)
  expect(performance.now() - diedAtMs).toBeGreaterThan(placeLeaseMs - 1_000)
})

test('a worker that is busy and alive keeps its places', async () => {
  const [busy, other] = await startWorkers('kept', 1, 2)
  expect(await busy?.take(signal, 0)).toBe(true)
  const keeping = setInterval(() => void busy?.sync(), placeLeaseMs / 3)
  onTestFinished(() => clearInterval(keeping))
  expect(await other?.take(signal, placeLeaseMs + 2_000)).toBe(false)
})

test('a large limit costs no way to Redis for each call', async () => {
  const [pool] = await startWorkers('large', 1_024, 1)
  expect(await pool?.take(signal, 0)).toBe(true)
  for (let calls = 0; calls < 32; calls += 1) expect(pool?.tryTake()).toBe(true)
})
