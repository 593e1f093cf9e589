import type { Logger } from '@maestro/service-kit/logger'
import type { PayloadStore } from '@maestro/service-kit/payload-store'
import type { OncePerKey } from './command/once-per-key.ts'

const sweepEveryMs = 3_600_000
/** An upload whose task was never created. */
const unnamedAgeMsMax = 24 * 3_600_000

/** Removes what nothing will ask for any more, once an hour. */
export const startSweep = ({
  payloads,
  commands,
  log,
}: {
  payloads: PayloadStore
  commands: OncePerKey
  log: Logger
}): { stop: () => void } => {
  const sweep = async () => {
    try {
      const uploads = await payloads.sweep(new Date(Date.now() - unnamedAgeMsMax))
      await commands.sweep()
      if (uploads > 0) log.info({ uploads }, 'swept uploads that no task names')
    } catch (error) {
      log.warn({ err: error }, 'sweeping failed and is tried again in an hour')
    }
  }
  const timer = setInterval(() => void sweep(), sweepEveryMs)
  return { stop: () => clearInterval(timer) }
}
