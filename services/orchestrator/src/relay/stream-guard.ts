import { streams } from '@maestro/contracts/bus/streams'
import { ensureStreams } from '@maestro/service-kit/ensure-streams'
import type { Logger } from '@maestro/service-kit/logger'
import type { JetStreamManager, NatsConnection } from '@maestro/service-kit/nats'
import type { Outbox } from './outbox.ts'

/** A file store syncs its writes every two minutes: that much a machine that fell over can have lost. */
const unsyncedMsMax = 2 * 60_000
/** Nobody tells us that a stream was deleted. */
const lookEveryMs = 5_000
const createdMark = 'stream-created'

/** Sees that the stream on the bus is the one that the tables were published to. */
export type StreamGuard = {
  /** The bus was away, or another copy relayed until now: what was published last may be missing. */
  distrust: () => void
  /** Publishing failed: the stream may be gone. */
  lookSoon: () => void
  /** Looks when it is time. True: events were opened again, and no place in the stream can be trusted. */
  check: () => Promise<boolean>
}

export const createStreamGuard = ({
  nats,
  manager,
  askMsMax,
  outbox,
  log,
}: {
  nats: NatsConnection
  manager: JetStreamManager
  askMsMax: number
  outbox: Outbox
  log: Logger
}): StreamGuard => {
  let distrusted = true
  let lookAtMs = 0
  return {
    distrust: () => {
      distrusted = true
    },
    lookSoon: () => {
      lookAtMs = 0
    },
    check: async () => {
      if (!distrusted && Date.now() < lookAtMs) return false
      // Before the first await: what makes us distrust meanwhile is looked at the next time.
      const wasCut = distrusted
      distrusted = false
      try {
        await ensureStreams(nats, askMsMax)
        const { created } = await manager.streams.info(streams.events.name)
        const known = await outbox.readMark(createdMark)
        const isNew = known !== null && known !== created
        if (isNew) {
          log.warn({ created }, 'the event stream is new and is filled from the tables')
          await outbox.reopenSince(new Date(Date.now() - streams.events.ageMsMax))
        } else if (wasCut) {
          await outbox.reopenNewest(unsyncedMsMax)
        }
        // After the opening: a crash in between opens again.
        if (known !== created) await outbox.writeMark(createdMark, created)
        lookAtMs = Date.now() + lookEveryMs
        return isNew || wasCut
      } catch (error) {
        distrusted ||= wasCut
        throw error
      }
    },
  }
}
