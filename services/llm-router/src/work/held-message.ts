import type { Msg } from '@maestro/service-kit/nats'

/** From the subject of its acknowledgement, `$JS.ACK.<stream>.<consumer>.<deliveries>.<seq>.<seq>.<nanoseconds>.<pending>`. */
const queuedAtOf = ({ reply = '' }: Msg): Date => {
  const tokens = reply.split('.')
  // With a domain and an account the subject has two tokens more before the stream.
  const nanoseconds = tokens[tokens.length >= 11 ? 9 : 7] ?? ''
  const atMs = Math.floor(Number(nanoseconds) / 1e6)
  return new Date(Number.isSafeInteger(atMs) ? atMs : Date.now())
}

/** Acknowledgements of JetStream, as its protocol names them. */
const acks = { done: '+ACK', working: '+WPI', never: '+TERM' } as const

export type HeldMessage = {
  readonly message: Msg
  /** When it was put into the queue. */
  readonly queuedAt: Date
  /** The reply was sent; the message will not come again. */
  done: () => void
  /** Holds off the ack wait. */
  working: () => void
  /** Comes again after this time, to whichever worker has room. */
  again: (afterMs: number) => void
  /** Never comes again: nobody could make anything of it. */
  drop: () => void
}

export const holdMessage = (message: Msg): HeldMessage => ({
  message,
  queuedAt: queuedAtOf(message),
  done: () => message.respond(acks.done),
  working: () => message.respond(acks.working),
  again: (afterMs) => message.respond(`-NAK {"delay":${Math.round(afterMs * 1e6)}}`),
  drop: () => message.respond(acks.never),
})
