import { anyLogSubject } from '@maestro/contracts/bus/subjects'
import { streams } from '@maestro/contracts/bus/streams'
import type { LogBatch } from '@maestro/contracts/log/log-batch'
import { consumeStream } from '@maestro/service-kit/consume-stream'
import type { Logger } from '@maestro/service-kit/logger'
import type { JsMsg, NatsConnection } from '@maestro/service-kit/nats'
import { createOutageLog } from '@maestro/service-kit/outage-log'
import { isOutage } from '@maestro/service-kit/wire-error'
import type { LogStore } from './log-store.ts'
import { readLogBatch } from './read-log-batch.ts'

/** Each holds what a process said within a second. */
const batchesPerWriteMax = 16

/** What is not kept, and why. */
type Loss = { cause: unknown; lines: number; batches: number }

/**
 * Writes what the services say. What is said here of that is collected as well; it is said when
 * something breaks, now and then while it lasts, and when it works again: no log feeds itself.
 */
export const startRecordingLogs = ({
  nats,
  log,
  store,
}: {
  nats: NatsConnection
  log: Logger
  store: Pick<LogStore, 'write'>
}): Promise<{ stop: () => Promise<void> }> => {
  const writing = createOutageLog({
    log,
    away: 'collected logs could not be written and come again',
    back: 'collected logs are written again',
  })
  const taking = createOutageLog({
    log,
    away: 'lines of collected logs cannot be taken and are lost',
    back: 'collected logs are taken whole again',
  })
  let linesLost = 0
  let batchesLost = 0
  const lose = ({ cause, lines, batches }: Loss) => {
    linesLost += lines
    batchesLost += batches
    taking.failed(cause, { linesLost, batchesLost })
  }

  /** What cannot be taken for itself holds up no other. @throws outages */
  const write = async (batches: readonly LogBatch[]): Promise<readonly Loss[]> => {
    try {
      await store.write(batches)
      return []
    } catch (error) {
      if (isOutage(error)) throw error
    }
    const lost: Loss[] = []
    for (const batch of batches) {
      await store.write([batch]).catch((cause: unknown) => {
        if (isOutage(cause)) throw cause
        lost.push({ cause, lines: batch.lines.length, batches: 1 })
      })
    }
    return lost
  }
  return consumeStream({
    nats,
    log,
    stream: streams.logs.name,
    durable: 'timeline-logs',
    filterSubject: anyLogSubject,
    batchMax: batchesPerWriteMax,
    run: async (messages) => {
      const lost: Loss[] = []
      // What is no batch would come again for ever: it is passed over.
      const batches = messages.flatMap((message) => {
        const read = readMessage(message)
        if (read === null) {
          lost.push({ cause: 'not a batch of a log', lines: 0, batches: 1 })
          return []
        }
        const { batch, linesLost: lines } = read
        if (lines > 0) lost.push({ cause: 'odd lines', lines, batches: 0 })
        return [batch]
      })
      try {
        lost.push(...(await write(batches)))
        writing.worked()
      } catch (error) {
        writing.failed(error)
        throw error
      }
      // Counted when nothing of these messages comes again.
      for (const loss of lost) lose(loss)
      if (lost.length === 0) taking.worked()
      return messages.map(() => undefined)
    },
  })
}

const readMessage = (message: JsMsg) => {
  try {
    const time = new Date(message.info.timestampNanos / 1e6).toISOString()
    return readLogBatch(message.json(), time)
  } catch {
    return null
  }
}
