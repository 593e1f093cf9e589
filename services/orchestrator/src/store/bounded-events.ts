import type { CloudEvent } from '@maestro/contracts/bus/cloud-event'

/** Before compression; a message of the bus holds 1 MiB after it, and JSON of events shrinks to a fifth or less. */
const answerBytesMax = 2 * 1024 * 1024

/** As many events from the start as one answer holds; always at least one. */
export const boundedEvents = (events: readonly CloudEvent[]): CloudEvent[] => {
  let bytes = 0
  const fitting: CloudEvent[] = []
  for (const event of events) {
    bytes += JSON.stringify(event).length
    if (bytes > answerBytesMax && fitting.length > 0) break
    fitting.push(event)
  }
  return fitting
}
