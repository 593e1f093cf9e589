/** Timers that end together with whoever set them. */
export const createTimers = () => {
  const timers = new Set<ReturnType<typeof setTimeout>>()
  return {
    later: (ms: number, run: () => void) => {
      const timer = setTimeout(() => {
        timers.delete(timer)
        run()
      }, ms)
      timers.add(timer)
    },
    end: () => {
      for (const timer of timers) clearTimeout(timer)
      timers.clear()
    },
  }
}
