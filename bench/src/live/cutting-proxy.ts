import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

export type CuttingProxy = {
  /** The address that was given, by way of this proxy. */
  readonly url: string
  readonly cuts: () => number
  readonly close: () => void
}

/** A bad network: every connection is reset after a time of its own between the two given. */
export const startCuttingProxy = async (
  target: string,
  { lifeMsMin, lifeMsMax }: { lifeMsMin: number; lifeMsMax: number },
): Promise<CuttingProxy> => {
  const { hostname, port } = new URL(target)
  const sockets = new Set<Socket>()
  let cuts = 0
  const keep = (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => socket.destroy())
    socket.on('close', () => sockets.delete(socket))
  }
  const server = createServer((client) => {
    const upstream = connect(Number(port), hostname)
    keep(client)
    keep(upstream)
    client.pipe(upstream)
    upstream.pipe(client)
    const lifeMs = lifeMsMin + Math.random() * (lifeMsMax - lifeMsMin)
    const end = setTimeout(() => {
      cuts += 1
      client.resetAndDestroy()
    }, lifeMs)
    client.on('close', () => {
      clearTimeout(end)
      upstream.destroy()
    })
    upstream.on('close', () => client.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = new URL(target)
  url.host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url: url.origin,
    cuts: () => cuts,
    close: () => {
      server.close()
      for (const socket of sockets) socket.destroy()
    },
  }
}
