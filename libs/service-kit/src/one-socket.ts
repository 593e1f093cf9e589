import type { NatsConnection } from './nats.ts'

type Socket = { removeAllListeners: () => void; destroy: () => void }
type Protocol = { prepare: () => unknown; transport?: { socket?: Socket | undefined } }

/**
 * Ends the socket before each new one. The client forgets a socket that a server accepted and then said
 * nothing on in time. When such a server goes on, the forgotten one ends, which the client takes for the
 * end of its connection: it opens a third beside the second, asks on both and answers on the last, where
 * the server lets nobody answer what came on another.
 */
export const keepOneSocket = (nats: NatsConnection): void => {
  const { protocol } = nats as unknown as { protocol?: Partial<Protocol> }
  const prepare = protocol?.prepare?.bind(protocol)
  // Another version: somebody has to look whether it still needs this.
  if (protocol === undefined || prepare === undefined)
    throw new Error('nats: its connection has no prepare')
  protocol.prepare = () => {
    const before = protocol.transport?.socket
    // It has no part in what follows, nor has its end.
    before?.removeAllListeners()
    before?.destroy()
    return prepare()
  }
}
