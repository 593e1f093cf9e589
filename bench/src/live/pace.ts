import { setTimeout as sleep } from 'node:timers/promises'

const turnMs = 4

/** Calls `act` so many times a second, for so long; what a turn was late with is made up for in the next. */
export const pace = async (
  act: () => void,
  { perSecond, runMs }: { perSecond: number; runMs: number },
): Promise<void> => {
  const startedMs = performance.now()
  const total = Math.round((perSecond * runMs) / 1_000)
  for (let done = 0; done < total;) {
    const due = Math.min(total, Math.floor(((performance.now() - startedMs) * perSecond) / 1_000))
    for (; done < due; done += 1) act()
    await sleep(turnMs)
  }
}
