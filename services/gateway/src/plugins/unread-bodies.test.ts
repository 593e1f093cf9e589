import { type AddressInfo, connect, type Socket } from 'node:net'
import Fastify, { type FastifyInstance } from 'fastify'
import { afterEach, expect, test } from 'vitest'
import { unreadBodiesPlugin } from './unread-bodies.ts'

let app: FastifyInstance
afterEach(() => app.close())

const open = async (bounds: { bytesMax?: number; msMax?: number }) => {
  app = Fastify({ forceCloseConnections: true })
  await app.register(unreadBodiesPlugin, bounds)
  app.post('/', { bodyLimit: 10 }, async () => 'taken')
  await app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = app.server.address() as AddressInfo
  const socket = connect(port, '127.0.0.1')
  // It is cut while it writes: that is no news here.
  socket.on('error', () => undefined)
  socket.write('POST / HTTP/1.1\r\nHost: here\r\nContent-Type: application/json\r\n')
  return socket
}

const closeOf = (socket: Socket) =>
  new Promise<void>((resolve) => socket.once('close', () => resolve()))

test.each(['', 'Connection: close\r\n'])(
  'a body without end is read on no further than its bound (%j)',
  async (field) => {
    const socket = await open({ bytesMax: 1024 ** 2 })
    socket.write(`${field}Content-Length: ${1024 ** 4}\r\n\r\n`)
    const chunk = Buffer.alloc(64 * 1024)
    const write = () => {
      while (!socket.destroyed && socket.write(chunk));
    }
    socket.on('drain', write)
    write()
    await closeOf(socket)
    // What the buffers on the way hold comes on top.
    expect(socket.bytesWritten).toBeLessThan(64 * 1024 ** 2)
  },
)

test.each(['', 'Connection: close\r\n'])(
  'a body that stops coming is waited for no longer than its bound (%j)',
  async (field) => {
    const socket = await open({ msMax: 200 })
    socket.write(`${field}Content-Length: 1000\r\n\r\n`)
    let heard = ''
    socket.on('data', (data) => {
      heard += data.toString()
    })
    await closeOf(socket)
    expect(heard).toContain('HTTP/1.1 413')
  },
)
