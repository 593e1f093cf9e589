import { randomBytes } from 'node:crypto'
import { connect } from 'node:net'
import { createFrameReader, type ReadFrame } from './frame-reader.ts'

/** What one read takes at most. All sockets share it: each has used it up before the next one reads. */
const readBuffer = Buffer.alloc(1024 * 1024)
/** Masked with zeros, as is what we send: a client has to mask, and nothing between us needs it. */
const pong = Buffer.from([0x8a, 0x80, 0, 0, 0, 0])
const endOfHead = '\r\n\r\n'

const maskedText = (text: string): Buffer => {
  const payload = Buffer.from(text)
  const head = Buffer.alloc(8)
  head[0] = 0x81
  head[1] = 0x80 | 126
  head.writeUInt16BE(payload.length, 2)
  return Buffer.concat([head, payload])
}

/** A WebSocket that reads into memory which is always the same, and keeps nothing: 500 of them cost little more than the system's own work. */
export const connectRawSocket = async ({
  url,
  headers,
  onFrame,
  onClose,
}: {
  url: string
  headers: Readonly<Record<string, string>>
  onFrame: (frame: ReadFrame) => void
  onClose: () => void
}): Promise<{ send: (text: string) => void }> => {
  const { hostname, port, pathname, host } = new URL(url)
  const lines = {
    host,
    connection: 'Upgrade',
    upgrade: 'websocket',
    'sec-websocket-version': '13',
    'sec-websocket-key': randomBytes(16).toString('base64'),
    ...headers,
  }
  return new Promise((resolve, reject) => {
    let head = ''
    let isOpen = false
    const reader = createFrameReader({ onFrame, onPing: () => socket.write(pong) })
    const open = (chunk: Buffer) => {
      head += chunk.toString('latin1')
      const end = head.indexOf(endOfHead)
      if (end < 0) return
      if (!head.startsWith('HTTP/1.1 101')) return reject(new Error(head))
      isOpen = true
      resolve({ send: (text) => socket.write(maskedText(text)) })
      reader.take(Buffer.from(head.slice(end + endOfHead.length), 'latin1'))
    }
    const socket = connect({
      host: hostname,
      port: Number(port),
      noDelay: true,
      onread: {
        buffer: readBuffer,
        callback: (bytes) => {
          const chunk = readBuffer.subarray(0, bytes)
          if (isOpen) reader.take(chunk)
          else open(chunk)
          return true
        },
      },
    })
    socket.on('connect', () => {
      const fields = Object.entries(lines).map(([name, value]) => `${name}: ${value}\r\n`)
      socket.write(`GET ${pathname} HTTP/1.1\r\n${fields.join('')}\r\n`)
    })
    socket.on('error', reject)
    socket.on('close', onClose)
  })
}
