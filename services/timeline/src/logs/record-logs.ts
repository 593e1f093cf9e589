import { anyLogSubject } from '@maestro/contracts/bus/subjects'
import { streams } from '@maestro/contracts/bus/streams'
import { LogBatch } from '@maestro/contracts/log/log-batch'
import { consumeStream } from '@maestro/service-kit/consume-stream'
import type { Logger } from '@maestro/service-kit/logger'
import type { JsMsg, NatsConnection } from '@maestro/service-kit/nats'
import { createOutageLog } from '@maestro/service-kit/outage-log'
import { isOutage } from '@maestro/service-kit/wire-error'
import type { LogStore } from './log-store.ts'

/** Each holds what a process said within a second. */
const batchesPerWriteMax = 16

/**
 * Writes what the services say. What is said here of that is collected as well; it is said when
 * something breaks and when it works again, and not for each line: no log feeds itself.
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
  /** What cannot be taken for itself holds up no other. @throws outages */
  const write = async (batches: readonly LogBatch[]) => {
    try {
      await store.write(batches)
    } catch (error) {
      if (isOutage(error)) throw error
      for (const batch of batches) {
        await store.write([batch]).catch((cause: unknown) => {
          if (isOutage(cause)) throw cause
          log.error({ err: cause, from: batch.service }, 'a batch of a log cannot be taken')
        })
      }
    }
  }
  return consumeStream({
    nats,
    log,
    stream: streams.logs.name,
    durable: 'timeline-logs',
    filterSubject: anyLogSubject,
    batchMax: batchesPerWriteMax,
    run: async (messages) => {
      // What is no batch would come again for ever: it is passed over.
      const batches = messages.flatMap((message) => readBatch(message) ?? [])
      if (batches.length < messages.length) {
        log.warn({ messages: messages.length - batches.length }, 'not a batch of a log')
      }
      try {
        await write(batches)
        writing.worked()
      } catch (error) {
        writing.failed(error)
        throw error
      }
      return messages.map(() => undefined)
    },
  })
}

const readBatch = (message: JsMsg): LogBatch | null => {
  try {
    return LogBatch.parse(message.json())
  } catch {
    return null
  }
}
