import { anyCancelSubject } from '@maestro/contracts/bus/subjects'
import { CallId } from '@maestro/contracts/ids'
import { createBatcher } from '@maestro/service-kit/batcher'
import type { Sql } from '@maestro/service-kit/database'
import type { Logger } from '@maestro/service-kit/logger'
import type { NatsConnection } from '@maestro/service-kit/nats'
import type { CallRunner } from '../call/call-runner.ts'
import { markCancelled } from '../journal/cancel-marks.ts'

const marksPerStatementMax = 512
/** A mark that could not be written is tried again this often. */
const triesMax = 5
const retryMs = 1_000

/** Every worker hears every cancellation: it aborts what it runs, and writes the mark for those that wait. */
export const listenForCancels = ({
  nats,
  sql,
  log,
  runner,
}: {
  nats: NatsConnection
  sql: Sql
  log: Logger
  runner: CallRunner
}): { stop: () => Promise<void> } => {
  const marks = createBatcher<CallId, void>({
    itemsMax: marksPerStatementMax,
    run: async (callIds) => {
      await markCancelled(sql, callIds)
      return callIds.map(() => undefined)
    },
  })
  const mark = async (callId: CallId) => {
    for (let tries = 1; ; tries += 1) {
      try {
        await marks.add(callId)
        return
      } catch (error) {
        if (tries === triesMax) {
          log.error({ err: error, callId }, 'a cancelled call could not be marked')
          return
        }
        await new Promise((resolve) => setTimeout(resolve, retryMs))
      }
    }
  }
  const subscription = nats.subscribe(anyCancelSubject)
  const listen = async () => {
    for await (const message of subscription) {
      const callId = CallId.safeParse(message.subject.split('.').at(-1))
      if (!callId.success) continue
      runner.cancel(callId.data)
      void mark(callId.data)
    }
  }
  const listening = listen()
  return {
    stop: async () => {
      await subscription.drain()
      await listening
      await marks.idle()
    },
  }
}
