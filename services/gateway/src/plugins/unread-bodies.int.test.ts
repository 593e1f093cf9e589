import { once } from 'node:events'
import { connect } from 'node:net'
import { plainBodyBytesMax } from '@maestro/contracts/gateway/http-route'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { signedIn, startTestGateway } from '../testing/test-gateway.ts'

let gateway: Awaited<ReturnType<typeof startTestGateway>>
let address: string
beforeAll(async () => {
  gateway = await startTestGateway()
  address = await gateway.listen()
})
afterAll(() => gateway?.stop())

/** A route that takes little. */
const path = '/api/tasks/task_1/pause'
/** More than the buffers of a connection hold, so that whoever does not read it is noticed. */
const bodyBytes = 32 * 1024 ** 2

type Said = { status: number; code: string; isClosed: boolean }

/** A client that writes everything before it reads anything, as many do. */
const askRaw = async (fields: readonly string[], body: Buffer): Promise<Said> => {
  const { port } = new URL(address)
  const socket = connect(Number(port), '127.0.0.1')
  socket.pause()
  const head = [`POST ${path} HTTP/1.1`, `Host: 127.0.0.1:${port}`, ...fields, '', '']
  socket.write(head.join('\r\n'))
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject)
    socket.write(body, (error) => (error ? reject(error) : resolve()))
  })
  let heard = ''
  socket.on('data', (data) => {
    heard += data.toString()
  })
  const closed = once(socket, 'close')
  socket.resume()
  await expect.poll(() => heard, { timeout: 20_000 }).toContain('requestId')
  const isClosed = /^connection: close\r$/im.test(heard)
  if (isClosed) await closed
  socket.destroy()
  return {
    status: Number(/^HTTP\/1.1 (\d+)/.exec(heard)?.[1]),
    code: /"code":"(\w+)"/.exec(heard)?.[1] ?? '',
    isClosed,
  }
}

const json = 'Content-Type: application/json'
const bearer = `Authorization: ${signedIn.authorization}`
const length = `Content-Length: ${bodyBytes}`

test.each([
  ['whose length is told', [json, bearer, length], 413, false],
  ['whose connection is to be closed', [json, bearer, length, 'Connection: close'], 413, true],
  ['of another kind', ['Content-Type: text/csv', bearer, length], 415, false],
  ['of somebody unknown', [json, length], 401, false],
  ['of somebody unknown who leaves', [json, length, 'Connection: close'], 401, true],
])(
  'a large body %s is refused with an answer that arrives',
  async (_, fields, status, isClosed) => {
    const said = await askRaw(fields, Buffer.alloc(bodyBytes, 0x20))
    expect(said).toMatchObject({ status, isClosed })
  },
)

test('a large body in chunks is refused with an answer that arrives', async () => {
  const chunk = Buffer.alloc(64 * 1024, 0x20)
  const framed = Buffer.concat([
    Buffer.from(`${chunk.length.toString(16)}\r\n`),
    chunk,
    Buffer.from('\r\n'),
  ])
  const body = Buffer.concat([
    ...Array.from({ length: bodyBytes / chunk.length }, () => framed),
    Buffer.from('0\r\n\r\n'),
  ])
  const said = await askRaw([json, bearer, 'Transfer-Encoding: chunked'], body)
  expect(said).toMatchObject({ status: 413, code: 'PAYLOAD_TOO_LARGE' })
})

test('fetch sees why its body was refused, however often', async () => {
  for (let count = 0; count < 3; count += 1) {
    const response = await fetch(`${address}${path}`, {
      method: 'POST',
      headers: { ...signedIn, 'content-type': 'application/json' },
      body: Buffer.alloc(bodyBytes, 0x20),
    })
    expect(response.status).toBe(413)
    expect(await response.json()).toMatchObject({
      error: { code: 'PAYLOAD_TOO_LARGE', details: { bytesMax: plainBodyBytesMax } },
    })
  }
})

test('the connection of a large body that was refused serves the next request', async () => {
  const { port } = new URL(address)
  const socket = connect(Number(port), '127.0.0.1')
  let heard = ''
  socket.on('data', (data) => {
    heard += data.toString()
  })
  const host = `Host: 127.0.0.1:${port}`
  socket.write([`POST ${path} HTTP/1.1`, host, json, bearer, length, '', ''].join('\r\n'))
  socket.write(Buffer.alloc(bodyBytes, 0x20))
  socket.write(['GET /api/session HTTP/1.1', host, bearer, '', ''].join('\r\n'))
  await expect.poll(() => heard, { timeout: 20_000 }).toContain('"actor"')
  expect(heard.match(/HTTP\/1.1 \d+/g)).toEqual(['HTTP/1.1 413', 'HTTP/1.1 200'])
  socket.destroy()
})
