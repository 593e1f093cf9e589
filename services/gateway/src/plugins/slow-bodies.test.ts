import { once } from 'node:events'
import { type AddressInfo, connect } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import Fastify, { type FastifyInstance } from 'fastify'
import { afterEach, expect, test } from 'vitest'
import { slowBodiesPlugin } from './slow-bodies.ts'

let app: FastifyInstance
afterEach(() => app.close())

const boundMs = 400

/** Sends the head of a request whose body is to have 1,000 bytes. */
const open = async (mediaType: string) => {
  app = Fastify({ forceCloseConnections: true })
  await app.register(slowBodiesPlugin, { wholeMsMax: boundMs, pauseMsMax: boundMs })
  app.addContentTypeParser('text/slow', (_request, body, done) => done(null, body))
  app.post('/json', async () => 'taken')
  app.post('/file', { config: { takes: 'text/slow' } }, async ({ body }) => {
    let bytes = 0
    for await (const chunk of body as AsyncIterable<Buffer>) bytes += chunk.length
    return `taken: ${bytes}`
  })
  await app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = app.server.address() as AddressInfo
  const socket = connect(port, '127.0.0.1')
  // It is cut while it writes: that is no news here.
  socket.on('error', () => undefined)
  let heard = ''
  socket.on('data', (data) => {
    heard += data.toString()
  })
  const path = mediaType === 'text/slow' ? '/file' : '/json'
  const head = [`POST ${path} HTTP/1.1`, 'Host: here', `Content-Type: ${mediaType}`]
  socket.write([...head, 'Content-Length: 1000', '', ''].join('\r\n'))
  return { socket, heard: () => heard }
}

test.each([
  ['application/json', 'the request took too long to arrive'],
  ['text/slow', 'nothing more of the file came'],
])('a body of %s that stops coming is told so, and hung up on', async (mediaType, reason) => {
  const { socket, heard } = await open(mediaType)
  socket.write('"so far')
  await once(socket, 'close')
  expect(heard()).toMatch(/^HTTP\/1.1 400 /)
  expect(heard()).toContain(reason)
})

test('JSON that goes on coming, but never ends, is hung up on as well', async () => {
  const { socket, heard } = await open('application/json')
  const dripping = setInterval(() => socket.write(' '), boundMs / 20)
  await once(socket, 'close')
  clearInterval(dripping)
  expect(heard()).toContain('took too long')
})

test('a file is taken however long it takes, as long as it goes on coming', async () => {
  const { socket, heard } = await open('text/slow')
  for (let sent = 0; sent < 1_000; sent += 50) {
    socket.write('x'.repeat(50))
    await delay(boundMs / 8)
  }
  await expect.poll(heard).toContain('taken: 1000')
  socket.destroy()
})
