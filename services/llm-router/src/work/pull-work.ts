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
  NatsError,
} from '@maestro/service-kit/nats'
import { createOutageLog } from '@maestro/service-kit/outage-log'
import { openPullInbox, type PullRequest } from './pull-inbox.ts'
import type { WorkRoom } from './work-room.ts'

/** A worker that is gone is noticed after this; `working` heartbeats hold it off. Sooner than the lease of its calls ends there is nothing to take. */
export const ackWaitMs = 4_000
/** Calls that all workers together may hold; beyond it the rest waits in the stream. */
const heldMax = 8_192
/** How long a pull for one message waits at the server; it only bounds what a lost one costs. */
const pullWaitMs = 30_000
const retryMs = 500

/** JetStream's "consumer already exists", which it says when its configuration is another one. */
const isOtherwise = (error: unknown): boolean =>
  error instanceof NatsError && error.api_error?.err_code === 10_148

export type WorkPuller = { stop: () => Promise<void> }

/**
 * Takes messages of one priority for as long as there is room, and hands each to `handle`, which
 * gives its place back when it ends. While messages come, it takes what is there at once. When none
 * is left, it waits for a single one, and holds no place for it: a quiet priority must not keep a
 * busy one waiting. Should the room be full when it comes, it goes back to the queue, and is taken
 * from there with a place in hand: places are handed out by priority, and one in hand is the only
 * one that no other priority can take meanwhile.
 */
export const pullWork = async ({
  nats,
  inboxPrefix,
  log,
  priority,
  room,
  handle,
  refuse,
}: {
  nats: NatsConnection
  inboxPrefix: string | undefined
  log: Logger
  priority: WorkPriority
  room: WorkRoom
  handle: (message: Msg) => void
  /** There is no room for it: another worker may have some. */
  refuse: (message: Msg) => void
}): Promise<WorkPuller> => {
  const durable = llmWorkConsumer(priority)
  const ensureConsumer = async () => {
    await ensureStreams(nats)
    const { consumers } = await nats.jetstreamManager({ timeout: 5_000 })
    const bounds = { ack_wait: nanos(ackWaitMs), max_ack_pending: heldMax }
    await consumers
      .add(streams.llmWork.name, {
        durable_name: durable,
        filter_subject: llmWorkSubject(priority),
        ack_policy: AckPolicy.Explicit,
        deliver_policy: DeliverPolicy.All,
        ...bounds,
      })
      .catch(async (error: unknown) => {
        if (!isOtherwise(error)) throw error
        // Another version made it, with bounds of its own.
        await consumers.update(streams.llmWork.name, durable, bounds)
      })
  }
  await ensureConsumer()
  const outage = createOutageLog({
    log,
    away: 'pulling work starts again',
    back: 'work is pulled again',
    fields: { durable },
  })
  const life = { stopped: false, holdsPlaces: false }
  const inbox = openPullInbox({
    nats,
    inboxPrefix,
    subject: `$JS.API.CONSUMER.MSG.NEXT.${streams.llmWork.name}.${durable}`,
    onMessage: (message, isAsked) => {
      if ((isAsked && life.holdsPlaces) || room.tryTake()) handle(message)
      else refuse(message)
    },
  })

  const rest = async () => {
    if (!life.stopped) await new Promise((resolve) => setTimeout(resolve, retryMs))
  }
  /** What is there now. @returns whether there may be more. */
  const pullAll = async (): Promise<boolean> => {
    const places = await room.take(priority, Number.MAX_SAFE_INTEGER)
    let used = 0
    life.holdsPlaces = true
    try {
      if (!life.stopped) used = await pull(places, { no_wait: true })
      return used === places
    } finally {
      life.holdsPlaces = false
      room.free(places - used)
    }
  }
  /** The next one, whenever it comes. @returns whether one came. */
  const pullNext = async (): Promise<boolean> => (await pull(1, { expires: nanos(pullWaitMs) })) > 0
  const pull = async (messagesMax: number, request: PullRequest): Promise<number> => {
    const { used, isTroubled, isSilent } = await inbox.pull(messagesMax, request)
    if (!isTroubled && !isSilent) outage.worked()
    if (isTroubled) {
      await rest()
      if (!life.stopped) await ensureConsumer()
    }
    return used
  }
  const run = async () => {
    let isBusy = true
    while (!life.stopped) {
      try {
        isBusy = await (isBusy ? pullAll() : pullNext())
      } catch (error) {
        if (!life.stopped) outage.failed(error)
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
