import type { CloudEvent } from '@maestro/contracts/bus/cloud-event'

/** A message of the bus holds 1 MiB. Bounded before compression: nobody knows how far the texts in previews shrink. */
const answerBytesMax = 960 * 1024

/** As many events from the start as one answer holds; always at least one, which was a message of its own before. */
export const boundedEvents = (events: readonly CloudEvent[]): CloudEvent[] => {
  let bytes = 0
  const fitting: CloudEvent[] = []
  for (const event of events) {
    bytes += Buffer.byteLength(JSON.stringify(event)) + 1
    if (bytes > answerBytesMax && fitting.length > 0) break
    fitting.push(event)
  }
  return fitting
}
