import { freePort } from '@maestro/launcher/servers/free-port'
import { once } from 'node:events'
import { connect, createServer, type Server, type Socket } from 'node:net'

export type CutProxy = {
  /** The address that was given, by way of this proxy. */
  readonly url: string
  /** Ends all connections and refuses new ones, as a machine does whose server is down. */
  readonly cut: () => Promise<void>
  readonly mend: () => Promise<void>
  /** Ends all connections; new ones are taken and nothing is said on them, as by a server that stands still. */
  readonly hang: () => void
  /** How many were made while it hangs. */
  readonly silentCount: () => number
  /** The server goes on, with every connection that was made meanwhile. */
  readonly goOn: () => void
  readonly close: () => Promise<void>
}

/** Stands between a service and a server that others use as well, so that a test can take it away from this one alone. */
export const startCutProxy = async (
  target: string,
  /** Text at which it ends a connection whose client sends it. */
  { cutsAt }: { cutsAt?: string } = {},
): Promise<CutProxy> => {
  const { hostname, port } = new URL(target)
  const sockets = new Set<Socket>()
  const keep = (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => socket.destroy())
    socket.on('close', () => sockets.delete(socket))
  }
  /** Made while it hangs. */
  let silent: Socket[] | null = null
  const join = (client: Socket) => {
    const upstream = connect(Number(port), hostname)
    keep(upstream)
    client.on('data', (data) => {
      if (cutsAt !== undefined && data.includes(cutsAt)) client.resetAndDestroy()
    })
    client.pipe(upstream)
    upstream.pipe(client)
    client.on('close', () => upstream.destroy())
    upstream.on('close', () => client.destroy())
  }
  const listen = async (wantedPort: number) => {
    const server = createServer((client) => {
      keep(client)
      if (silent === null) join(client)
      else silent.push(client)
    })
    server.listen(wantedPort, '127.0.0.1')
    await once(server, 'listening')
    return server
  }
  // One that no outgoing connection is given while we are cut off.
  const ownPort = await freePort()
  let server: Server | null = await listen(ownPort)
  const url = new URL(target)
  url.host = `127.0.0.1:${ownPort}`

  const cut = async () => {
    const closing = server
    server = null
    if (closing === null) return
    const closed = once(closing, 'close')
    closing.close()
    for (const socket of sockets) socket.resetAndDestroy()
    await closed
  }
  return {
    url: url.href,
    cut,
    mend: async () => {
      server ??= await listen(ownPort)
    },
    hang: () => {
      silent = []
      for (const socket of sockets) socket.resetAndDestroy()
    },
    silentCount: () => silent?.length ?? 0,
    goOn: () => {
      const made = silent ?? []
      silent = null
      for (const client of made) if (!client.destroyed) join(client)
    },
    close: cut,
  }
}
