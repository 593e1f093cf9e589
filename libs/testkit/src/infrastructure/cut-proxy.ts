import { once } from 'node:events'
import { createServer, connect, type Socket } from 'node:net'

export type CutProxy = {
  /** The address that was given, by way of this proxy. */
  readonly url: string
  /** Ends all connections and refuses new ones, as a server does that is down. */
  readonly cut: () => void
  readonly mend: () => void
  readonly close: () => Promise<void>
}

/** Stands between a service and a server that others use as well, so that a test can take it away from this one alone. */
export const startCutProxy = async (target: string): Promise<CutProxy> => {
  const { hostname, port } = new URL(target)
  const sockets = new Set<Socket>()
  let isCut = false
  const keep = (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => socket.destroy())
    socket.on('close', () => sockets.delete(socket))
  }
  const server = createServer((client) => {
    keep(client)
    if (isCut) {
      client.resetAndDestroy()
      return
    }
    const upstream = connect(Number(port), hostname)
    keep(upstream)
    client.pipe(upstream)
    upstream.pipe(client)
    client.on('close', () => upstream.destroy())
    upstream.on('close', () => client.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no address')
  const url = new URL(target)
  url.host = `127.0.0.1:${address.port}`
  const cutAll = () => {
    for (const socket of sockets) socket.resetAndDestroy()
  }
  return {
    url: url.href,
    cut: () => {
      isCut = true
      cutAll()
    },
    mend: () => {
      isCut = false
    },
    close: async () => {
      server.close()
      cutAll()
      await once(server, 'close')
    },
  }
}
