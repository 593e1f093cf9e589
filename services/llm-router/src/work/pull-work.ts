import { llmWorkConsumer, streams } from '@maestro/contracts/bus/streams'
import { llmWorkSubject, type WorkPriority } from '@maestro/contracts/bus/subjects'
import { ensureStreams } from '@maestro/service-kit/ensure-streams'
import type { Logger } from '@maestro/service-kit/logger'
import {
  AckPolicy,
  DeliverPolicy,
  type Msg,
  nanos,
  type NatsConnection,
} from '@maestro/service-kit/nats'
import { openPullInbox, type Pulled } from './pull-inbox.ts'
import type { WorkRoom } from './work-room.ts'

/** A worker that is gone is noticed after this; `working` heartbeats hold it off. */
export const ackWaitMs = 10_000
/** Calls that all workers together may hold; beyond it the rest waits in the stream. */
const heldMax = 8_192
/** How long a pull for one message waits at the server; it only bounds what a lost one costs. */
const pullWaitMs = 30_000
const retryMs = 500

export type WorkPuller = { stop: () => Promise<void> }

/** Takes messages of one priority for as long as there is room, and hands each to `handle`, which gives its place back when it ends. */
export const pullWork = async ({
  nats,
  inboxPrefix,
  log,
  priority,
  room,
  handle,
}: {
  nats: NatsConnection
  inboxPrefix: string | undefined
  log: Logger
  priority: WorkPriority
  room: WorkRoom
  handle: (message: Msg) => void
}): Promise<WorkPuller> => {
  const durable = llmWorkConsumer(priority)
  const ensureConsumer = async () => {
    await ensureStreams(nats)
    const manager = await nats.jetstreamManager({ timeout: 5_000 })
    await manager.consumers.add(streams.llmWork.name, {
      durable_name: durable,
      filter_subject: llmWorkSubject(priority),
      ack_policy: AckPolicy.Explicit,
      deliver_policy: DeliverPolicy.All,
      ack_wait: nanos(ackWaitMs),
      max_ack_pending: heldMax,
    })
  }
  await ensureConsumer()
  const inbox = openPullInbox({
    nats,
    inboxPrefix,
    subject: `$JS.API.CONSUMER.MSG.NEXT.${streams.llmWork.name}.${durable}`,
    onMessage: (message, isAsked) => {
      if (!isAsked) room.squeeze()
      handle(message)
    },
  })

  const life = { stopped: false }
  const rest = async () => {
    if (!life.stopped) await new Promise((resolve) => setTimeout(resolve, retryMs))
  }
  const pullInto = async (places: number, isBusy: boolean): Promise<Pulled> => {
    let used = 0
    try {
      const pulled = await inbox.pull(
        places,
        isBusy ? { no_wait: true } : { expires: nanos(pullWaitMs) },
      )
      used = pulled.used
      return pulled
    } finally {
      room.free(places - used)
    }
  }
  const run = async () => {
    let isBusy = true
    while (!life.stopped) {
      try {
        // While messages come, take what is there at once; when none is left, wait for a single one,
        // so that no more than one place is held for a priority that is quiet.
        const places = await room.take(priority, isBusy ? Number.MAX_SAFE_INTEGER : 1)
        if (life.stopped) {
          room.free(places)
          return
        }
        const { used, isTroubled } = await pullInto(places, isBusy)
        isBusy = isBusy ? used === places : used > 0
        if (!isTroubled) continue
        await rest()
        await ensureConsumer()
      } catch (error) {
        if (!life.stopped) log.warn({ err: error, durable }, 'pulling work starts again')
        await rest()
      }
    }
  }
  const running = run()

  return {
    stop: async () => {
      life.stopped = true
      inbox.interrupt()
      await running
      await inbox.close()
    },
  }
}
