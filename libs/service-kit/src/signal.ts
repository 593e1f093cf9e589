/** Wakes one loop that sleeps. A signal raised while nobody sleeps is kept, so that none is missed. */
export type Signal = {
  raise: () => void
  /** Resolves at the next signal, or after this time. */
  wait: (timeoutMs: number) => Promise<void>
}

export const createSignal = (): Signal => {
  let raised = false
  let wake: (() => void) | null = null
  return {
    raise: () => {
      raised = true
      wake?.()
    },
    wait: async (timeoutMs) => {
      if (!raised) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, timeoutMs)
          wake = () => {
            clearTimeout(timer)
            resolve()
          }
        })
        wake = null
      }
      raised = false
    },
  }
}
