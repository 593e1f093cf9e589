/**
 * Reads what is needed, one thing after the other, the most wanted first.
 * N1: what could not be read, or brought nothing, rests for a while; it holds up nothing else meanwhile.
 */
export const createNeedLoop = <Need>({
  needs,
  meet,
  later,
  restMs,
}: {
  /** All that is missing now, the most wanted first. */
  needs: () => readonly Need[]
  /** False: it brought nothing. */
  meet: (need: Need) => Promise<boolean>
  later: (ms: number, run: () => void) => void
  restMs: number
}) => {
  const resting = new Set<string>()
  let isRunning = false

  const rest = (key: string) => {
    resting.add(key)
    later(restMs, () => {
      resting.delete(key)
      void run()
    })
  }

  const run = async () => {
    if (isRunning) return
    isRunning = true
    for (;;) {
      const need = needs().find((one) => !resting.has(JSON.stringify(one)))
      if (need === undefined) break
      const hasCome = await meet(need).catch(() => false)
      if (!hasCome) rest(JSON.stringify(need))
    }
    isRunning = false
  }
  return {
    run: () => void run(),
    /** As at the beginning: nothing rests. */
    wake: () => {
      resting.clear()
      void run()
    },
  }
}
