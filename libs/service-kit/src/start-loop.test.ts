import { expect, test } from 'vitest'
import { type AfterRound, startLoop } from './start-loop.ts'

const forever = 1_000_000
const outage = () => {
  const said: string[] = []
  return { said, worked: () => said.push('worked'), failed: () => said.push('failed') }
}
const rounds = (of: (round: number) => Promise<AfterRound | void> | AfterRound | void) => {
  let count = 0
  return {
    count: () => count,
    work: async () => {
      count += 1
      return of(count)
    },
  }
}

test('a round that says that there is more is followed by the next one at once', async () => {
  const { work, count } = rounds((round) => (round < 5 ? 'again' : undefined))
  const loop = startLoop({ work, restMs: forever, outage: outage() })
  await expect.poll(count).toBe(5)
  await loop.stop()
  expect(count()).toBe(5)
})

test('work that is done is not begun again, and can still be stopped', async () => {
  const { work, count } = rounds(() => 'done')
  const loop = startLoop({ work, restMs: 0, outage: outage() })
  await expect.poll(count).toBe(1)
  loop.wake()
  await loop.stop()
  expect(count()).toBe(1)
})

test('a round that fails is said, and tried again after the rest', async () => {
  const { work, count } = rounds((round) => {
    if (round < 3) throw new Error('not yet')
    return 'done'
  })
  const heard = outage()
  const loop = startLoop({ work, restMs: 1, outage: heard })
  await expect.poll(() => heard.said).toEqual(['failed', 'failed', 'worked'])
  expect(count()).toBe(3)
  await loop.stop()
})

test('being woken while a round runs is followed by one more', async () => {
  const first = Promise.withResolvers<void>()
  const { work, count } = rounds((round) => (round === 1 ? first.promise : undefined))
  const loop = startLoop({ work, restMs: forever, outage: outage() })
  loop.wake()
  first.resolve()
  await expect.poll(count).toBe(2)
  await loop.stop()
})

test('a stop waits for the round under way and for nothing else', async () => {
  const first = Promise.withResolvers<void>()
  const told: (() => boolean)[] = []
  const loop = startLoop({
    work: async (isStopped) => {
      told.push(isStopped)
      await first.promise
    },
    restMs: forever,
    patienceMs: forever,
    outage: outage(),
  })
  await expect.poll(() => told[0]?.()).toBe(false)
  let hasStopped = false
  const stopping = loop.stop().then(() => {
    hasStopped = true
  })
  expect([told[0]?.(), hasStopped]).toEqual([true, false])
  first.resolve()
  await stopping
})

test('whoever is woken has patience first, and a stop ends it', async () => {
  const { work, count } = rounds(() => undefined)
  const loop = startLoop({ work, restMs: forever, patienceMs: forever, outage: outage() })
  await expect.poll(count).toBe(1)
  loop.wake()
  await loop.stop()
  expect(count()).toBe(1)
})
