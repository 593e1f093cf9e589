import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { textFrameOf } from './text-frame.ts'

const acceptSuffix = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11'

/** What a client reads that knows nothing of us. */
const readByClient = async (frames: readonly Buffer[]): Promise<string[]> => {
  const server = createServer((socket) => {
    socket.once('data', (head) => {
      const key = /sec-websocket-key: (.*)\r\n/i.exec(head.toString())?.[1] ?? ''
      const accept = createHash('sha1').update(`${key}${acceptSuffix}`).digest('base64')
      socket.write(
        `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
      )
      for (const frame of frames) socket.write(frame)
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const client = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`)
  const texts: string[] = []
  await new Promise<void>((resolve, reject) => {
    client.on('error', reject)
    client.on('message', (data: Buffer, isBinary) => {
      expect(isBinary).toBe(false)
      texts.push(data.toString('utf8'))
      if (texts.length === frames.length) resolve()
    })
  })
  client.terminate()
  server.close()
  return texts
}

test('a client reads what was written, at every length at which the head changes, in any script', async () => {
  const texts = [0, 1, 125, 126, 65_535, 65_536, 300_000].map((length) => 'x'.repeat(length))
  texts.push('größer, 雨, \u{1F327}'.repeat(9_000))
  expect(await readByClient(texts.map(textFrameOf))).toEqual(texts)
})
