import type { NatsConnection } from './nats.ts'

type Protocol = { flushPending: () => void }

/**
 * The client writes to its socket after each piece of work that publishes something. Of what is
 * answered together, that is a system call and a waking of the server for every message: most of the
 * time of a busy worker. Here it writes once in a turn of the event loop, at its end.
 */
export const sendByTurns = (nats: NatsConnection): void => {
  const { protocol } = nats as unknown as { protocol?: Partial<Protocol> }
  const flush = protocol?.flushPending?.bind(protocol)
  // Another version: somebody has to look whether it still needs this.
  if (protocol === undefined || flush === undefined)
    throw new Error('nats: its connection has no flushPending')
  let isDue = false
  protocol.flushPending = () => {
    if (isDue) return
    isDue = true
    setImmediate(() => {
      isDue = false
      flush()
    })
  }
}
