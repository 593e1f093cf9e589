import type { OutageLog } from './outage-log.ts'
import { createSignal } from './signal.ts'

/** What comes after a round: the next one at once, none at all, or one after a rest. */
export type AfterRound = 'again' | 'done' | undefined

export type Loop = {
  /** The next round begins now, or right after the one that is under way. */
  wake: () => void
  /** Resolves when the round that is under way has ended. */
  stop: () => Promise<void>
}

/**
 * Does its work again and again, one round after the other, until it is stopped or done. A round that fails is said
 * and tried again after the rest.
 */
export const startLoop = ({
  work,
  restMs,
  patienceMs = 0,
  outage,
}: {
  /** `isStopped`: a long round looks whether it is to end. */
  work: (isStopped: () => boolean) => Promise<AfterRound | void>
  restMs: number
  /** Between being woken and beginning: what one is woken for may be on its way. */
  patienceMs?: number
  outage: Pick<OutageLog, 'worked' | 'failed'>
}): Loop => {
  const woken = createSignal()
  const stopping = createSignal()
  let stopped = false
  const isStopped = () => stopped

  const run = async () => {
    while (!stopped) {
      try {
        const next = await work(isStopped)
        outage.worked()
        if (next === 'done') return
        if (next === 'again') continue
      } catch (error) {
        outage.failed(error)
      }
      if (!stopped) await woken.wait(restMs)
      if (!stopped && patienceMs > 0) await stopping.wait(patienceMs)
    }
  }
  const running = run()

  return {
    wake: woken.raise,
    stop: async () => {
      stopped = true
      woken.raise()
      stopping.raise()
      await running
    },
  }
}
