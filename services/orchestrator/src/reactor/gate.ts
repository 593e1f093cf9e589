/** Lets at most `max` pieces of work run at once; the rest waits in order. */
export type Gate = <Value>(work: () => Promise<Value>) => Promise<Value>

export const createGate = (max: number): Gate => {
  const waiting: (() => void)[] = []
  let running = 0
  const leave = () => {
    running -= 1
    waiting.shift()?.()
  }
  return async (work) => {
    if (running >= max) await new Promise<void>((resolve) => waiting.push(resolve))
    running += 1
    try {
      return await work()
    } finally {
      leave()
    }
  }
}
