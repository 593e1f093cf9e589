import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createNeedLoop } from './need-loop.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const restMs = 2_000
const setup = (isBroken: (name: string) => boolean) => {
  let missing = ['first', 'second', 'third']
  const asked: string[] = []
  const loop = createNeedLoop<string>({
    needs: () => missing,
    meet: async (name) => {
      asked.push(name)
      if (isBroken(name)) throw new Error('it is away')
      missing = missing.filter((other) => other !== name)
      return true
    },
    later: (ms, run) => void setTimeout(run, ms),
    restMs,
  })
  return { asked, loop }
}

test('what is most wanted is read first, one thing at a time', async () => {
  const { asked, loop } = setup(() => false)
  loop.run()
  loop.run()
  await vi.advanceTimersByTimeAsync(0)
  expect(asked).toEqual(['first', 'second', 'third'])
})

test('[N1] what cannot be read holds up nothing else, and is tried again after a while', async () => {
  let isAway = true
  const { asked, loop } = setup((name) => isAway && name === 'first')
  loop.run()
  await vi.advanceTimersByTimeAsync(0)
  expect(asked).toEqual(['first', 'second', 'third'])
  loop.run()
  await vi.advanceTimersByTimeAsync(restMs - 1)
  expect(asked).toHaveLength(3)
  isAway = false
  await vi.advanceTimersByTimeAsync(1)
  expect(asked).toEqual(['first', 'second', 'third', 'first'])
})
