import { setTimeout as delay } from 'node:timers/promises'
import type { CloudEvent } from '@maestro/contracts/bus/cloud-event'
import type { Logger } from './logger.ts'
import type { OutageLog } from './outage-log.ts'
import { isOutage } from './wire-error.ts'

/** While something that `handle` needs is away: from a quarter of a second, doubled. */
const retryMsMin = 250
const retryMsMax = 5_000

/**
 * Has events handled in their order. Outages are waited out with everything held. When a group cannot
 * be taken for another reason, its events are handed over one by one: returned are those that failed
 * alone, each with its error. @throws what the last try threw when `signal` aborts.
 */
export const handleInOrder = async ({
  events,
  handle,
  signal,
  log,
  outage,
  durable,
}: {
  events: readonly CloudEvent[]
  handle: (events: readonly CloudEvent[]) => Promise<void>
  signal: AbortSignal
  log: Logger
  outage: OutageLog
  durable: string
}): Promise<ReadonlyMap<CloudEvent, Error>> => {
  const failed = new Map<CloudEvent, Error>()

  /** Null: handled. Else why it cannot be. */
  const patiently = async (group: readonly CloudEvent[]): Promise<Error | null> => {
    for (let delayMs = retryMsMin; ; delayMs = Math.min(delayMs * 2, retryMsMax)) {
      try {
        await handle(group)
        outage.worked()
        return null
      } catch (error) {
        if (!isOutage(error)) {
          return error instanceof Error ? error : new Error('not an error', { cause: error })
        }
        outage.failed(error, { events: group.length })
        await delay(delayMs, undefined, { signal }).catch(() => undefined)
        if (signal.aborted) throw error
      }
    }
  }

  if (events.length === 0) return failed
  if (events.length > 1 && (await patiently(events)) === null) return failed
  for (const event of events) {
    const error = await patiently([event])
    if (error === null) continue
    const { subject, seq } = event
    log.error({ err: error, durable, subject, seq }, 'an event cannot be taken and comes again')
    failed.set(event, error)
  }
  return failed
}
