import { createInbox, type Msg, type NatsConnection, NatsEvents } from '@maestro/service-kit/nats'
import { createSignal } from '@maestro/service-kit/signal'

// The pull protocol itself instead of the client's `fetch`: that one closes its inbox by a timer of
// its own, and what arrives at that moment is not seen again before its ack wait has run out. Here
// one inbox stays open for as long as the worker pulls, so that whatever was delivered is handled.

export type PullRequest =
  /** What is there at once, and nothing else. */
  | { no_wait: true }
  /** In nanoseconds: how long the server holds the request open. */
  | { expires: number }

export type Pulled = {
  /** Messages that came. */
  used: number
  /** The consumer, the stream or the server is away. */
  isTroubled: boolean
  /** Nothing was heard, which says nothing. */
  isSilent: boolean
}

export type PullInbox = {
  /** Resolves when as many messages came as were asked for, or the server said that there are no more, or it fell silent. One at a time. */
  pull: (messagesMax: number, request: PullRequest) => Promise<Pulled>
  /** Ends a pull in flight; what still arrives is handed out until `close`. */
  interrupt: () => void
  close: () => Promise<void>
}

/** A status that did not come this long after it was due is lost. */
const statusGraceMs = 2_000

/** Statuses of the protocol: no messages, and the time is up or other pulls were first. Nothing is wrong. */
const quietStatuses: ReadonlySet<number> = new Set([404, 408])

/** Where the messages of one consumer arrive. */
export const openPullInbox = ({
  nats,
  inboxPrefix,
  subject,
  onMessage,
}: {
  nats: NatsConnection
  /** Under which this worker may listen. */
  inboxPrefix: string | undefined
  /** Of the consumer, for pull requests. */
  subject: string
  /** `isAsked`: within a pull in flight; else its pull was given up before it came. */
  onMessage: (message: Msg, isAsked: boolean) => void
}): PullInbox => {
  const inbox = createInbox(inboxPrefix)
  const subscription = nats.subscribe(inbox)
  const signal = createSignal()
  const pullInFlight: { open: number; status: number | null } = { open: 0, status: null }
  const end = (status: number) => {
    pullInFlight.status = status
    signal.raise()
  }

  const receive = async () => {
    for await (const message of subscription) {
      if (message.reply?.startsWith('$JS.ACK.') !== true) {
        end(message.headers?.code ?? 0)
        continue
      }
      const isAsked = pullInFlight.open > 0
      if (isAsked) pullInFlight.open -= 1
      onMessage(message, isAsked)
      if (pullInFlight.open === 0) signal.raise()
    }
  }
  const receiving = receive()

  const watch = async () => {
    // Requests that waited at the server are gone with the connection.
    for await (const { type } of nats.status()) if (type === NatsEvents.Reconnect) end(0)
  }
  void watch()

  return {
    pull: async (messagesMax, request) => {
      pullInFlight.open = messagesMax
      pullInFlight.status = null
      const heldMs = 'expires' in request ? request.expires / 1e6 : 0
      const untilMs = performance.now() + heldMs + statusGraceMs
      nats.publish(subject, JSON.stringify({ batch: messagesMax, ...request }), { reply: inbox })
      while (pullInFlight.open > 0 && pullInFlight.status === null) {
        const leftMs = untilMs - performance.now()
        if (leftMs <= 0) break
        await signal.wait(leftMs)
      }
      const { open, status } = pullInFlight
      pullInFlight.open = 0
      const used = messagesMax - open
      return {
        used,
        isTroubled: used === 0 && status !== null && !quietStatuses.has(status),
        isSilent: used === 0 && status === null,
      }
    },
    interrupt: () => end(404),
    close: async () => {
      await subscription.drain()
      await receiving
    },
  }
}
