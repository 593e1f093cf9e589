import { expect, test } from 'vitest'
import { createGate } from './gate.ts'

test('no more work runs at once than there are places, whoever comes in between', async () => {
  const gate = createGate(2)
  let running = 0
  let runningMax = 0
  const work = async () => {
    running += 1
    runningMax = Math.max(runningMax, running)
    await Promise.resolve()
    running -= 1
  }
  const all: Promise<unknown>[] = []
  const come = (left: number): void => {
    if (left === 0) return
    // Whoever leaves is followed by somebody new in the same moment.
    all.push(gate(work).then(() => come(left - 1)))
    all.push(gate(work))
  }
  come(20)
  while (all.length > 0) await Promise.all(all.splice(0))
  expect(runningMax).toBe(2)
})

test('work that fails gives its place back', async () => {
  const gate = createGate(1)
  await expect(gate(() => Promise.reject(new Error('no')))).rejects.toThrow('no')
  await expect(gate(async () => 'yes')).resolves.toBe('yes')
})

test('what waits runs in its order', async () => {
  const gate = createGate(1)
  const order: number[] = []
  await Promise.all([1, 2, 3, 4].map((number) => gate(async () => void order.push(number))))
  expect(order).toEqual([1, 2, 3, 4])
})

test('whoever comes when enough wait is refused, and the others are served', async () => {
  const gate = createGate(1, 1)
  const end = Promise.withResolvers<string>()
  const runs = gate(() => end.promise)
  const waits = gate(async () => 'second')
  await expect(gate(async () => 'third')).rejects.toMatchObject({ code: 'UNAVAILABLE' })
  end.resolve('first')
  expect(await Promise.all([runs, waits])).toEqual(['first', 'second'])
  await expect(gate(async () => 'fourth')).resolves.toBe('fourth')
})
