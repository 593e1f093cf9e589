import { AppError } from '@maestro/contracts/errors'

/**
 * Lets at most `max` pieces of work run at once; the rest waits in order.
 * @throws {AppError} `UNAVAILABLE` where `waitingMax` wait already.
 */
export type Gate = <Value>(work: () => Promise<Value>) => Promise<Value>

export const createGate = (max: number, waitingMax = Number.POSITIVE_INFINITY): Gate => {
  const waiting: (() => void)[] = []
  let running = 0
  const enter = async () => {
    if (running < max) {
      running += 1
      return
    }
    if (waiting.length >= waitingMax) {
      throw new AppError('UNAVAILABLE', { reason: 'too many wait for the same', max, waitingMax })
    }
    await new Promise<void>((resolve) => waiting.push(resolve))
  }
  const leave = () => {
    const next = waiting.shift()
    // The place is handed on: whoever comes in between must not take it as well.
    if (next) next()
    else running -= 1
  }
  return async (work) => {
    await enter()
    try {
      return await work()
    } finally {
      leave()
    }
  }
}
