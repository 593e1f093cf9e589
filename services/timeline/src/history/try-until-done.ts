import type { OutageLog } from '@maestro/service-kit/outage-log'
import { createSignal } from '@maestro/service-kit/signal'

const tryAgainMs = 2_000

/** Work that is done once: what fails is tried again until it is done, or until it is stopped. */
export const tryUntilDone = (
  work: (isStopped: () => boolean) => Promise<void>,
  outage: Pick<OutageLog, 'worked' | 'failed'>,
): { stop: () => Promise<void> } => {
  const signal = createSignal()
  let stopped = false
  const run = async () => {
    while (!stopped) {
      try {
        await work(() => stopped)
        outage.worked()
        return
      } catch (error) {
        outage.failed(error)
        await signal.wait(tryAgainMs)
      }
    }
  }
  const running = run()
  return {
    stop: async () => {
      stopped = true
      signal.raise()
      await running
    },
  }
}
