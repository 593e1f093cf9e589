import { linesPerLogBatchMax } from '@maestro/contracts/log/log-batch'
import { logLevelNumbers } from '@maestro/contracts/log/log-level'
import { logSubject } from '@maestro/contracts/bus/subjects'
import type { ServiceName } from '@maestro/contracts/endpoint'
import { cutLogLine } from './cut-log-line.ts'
import { createLogBuffer } from './log-buffer.ts'
import type { Logger } from './logger.ts'
import { type NatsConnection, NatsEvents } from './nats.ts'
import { newToken } from './new-id.ts'
import { createOutageLog } from './outage-log.ts'

// Invariants:
// L1. To log never waits for the bus and never fails by it: a line is put into a bounded list, and that is all.
// L2. What is said of the shipping itself goes to standard output alone, so that no log is about logs.
// L3. What was sent and not acknowledged is sent again as it was, under the same id: it is kept once.

/** So often at most a process sends what it said; with the bounds of a batch, this is the most that it may say. */
const sendEveryMs = 1_000
const retryMsMax = 10_000
const acknowledgeMsMax = 5_000
/** Three bytes a character at most, and a message holds 1 MiB. */
const batchCharactersMax = 262_144

export type LogShipping = {
  /** Takes a line as it stands on standard output. */
  add: (line: string) => void
  /** From now on lines are sent; those that wait already, too. */
  start: (nats: NatsConnection, stdout: Logger) => void
  /** Sends what waits. */
  stop: () => Promise<void>
}

/** Sends the log of this process to the bus, where it is collected. */
export const createLogShipping = ({
  service,
  copy,
}: {
  service: ServiceName
  copy: string
}): LogShipping => {
  const instance = newToken()
  const head = JSON.stringify({ service, copy, instance }).slice(0, -1)
  const buffer = createLogBuffer({
    linesMax: linesPerLogBatchMax,
    charactersMax: batchCharactersMax,
    tellLost: (lines) =>
      JSON.stringify({
        level: logLevelNumbers.warn,
        time: new Date().toISOString(),
        service,
        copy,
        lines,
        msg: 'lines of this log were lost on their way to the collected logs',
      }),
  })
  let sent = 0
  let unsent: { id: string; data: string } | null = null

  /** Lines are JSON already; they are put together as they are. */
  const nextBatch = () => {
    const lines = buffer.take()
    if (lines.length === 0) return null
    const id = `${instance}:${sent}`
    const data = `${head},"first":${sent},"lines":[${lines.join(',')}]}`
    sent += lines.length
    return { id, data }
  }

  let stop: LogShipping['stop'] = async () => {}
  return {
    add: (line) => buffer.add(cutLogLine(line)),
    start: (nats, stdout) => {
      const shipping = createOutageLog({
        log: stdout,
        away: 'the log is not collected',
        back: 'the log is collected again',
      })
      let timer: NodeJS.Timeout | null = null
      let sending: Promise<void> | null = null
      let isConnected = true
      let isStopped = false
      let waitMs = sendEveryMs

      const sendOne = async (): Promise<boolean> => {
        unsent ??= nextBatch()
        if (unsent === null) return false
        try {
          const { id, data } = unsent
          await nats
            .jetstream()
            .publish(logSubject(service), data, { msgID: id, timeout: acknowledgeMsMax })
          unsent = null
          waitMs = sendEveryMs
          shipping.worked()
          return true
        } catch (error) {
          waitMs = Math.min(waitMs * 2, retryMsMax)
          shipping.failed(error)
          return false
        }
      }
      const wake = () => {
        // A client that is not connected keeps what it is given until it is: lines wait here, within their bound.
        if (isStopped || timer !== null || !isConnected) return
        timer = setTimeout(() => {
          sending = sendOne().then(() => {
            timer = null
            sending = null
            if (unsent !== null || buffer.isWaiting()) wake()
          })
        }, waitMs)
        timer.unref()
      }
      const watchBus = async () => {
        for await (const { type } of nats.status()) {
          if (type === NatsEvents.Disconnect) isConnected = false
          if (type === NatsEvents.Reconnect) {
            isConnected = true
            wake()
          }
        }
      }
      void watchBus()
      buffer.onWaiting(wake)
      stop = async () => {
        isStopped = true
        if (timer !== null) clearTimeout(timer)
        await sending
        while (isConnected && (await sendOne()));
      }
    },
    stop: () => stop(),
  }
}
