import { AppError } from '@maestro/contracts/errors'
import Fastify from 'fastify'
import { request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { bodiesInFlightPlugin } from './bodies-in-flight.ts'

const start = async () => {
  const app = Fastify()
  await app.register(bodiesInFlightPlugin, { bytesInFlightMax: 1_000 })
  app.setErrorHandler((error, _request, reply) =>
    reply.status(error instanceof AppError ? error.status : 500).send({}),
  )
  app.post('/', async () => ({}))
  await app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = app.server.address() as AddressInfo
  return { app, port, url: `http://127.0.0.1:${port}/` }
}
const post = async (url: string, bytes: number) =>
  (
    await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify('x'.repeat(bytes - 2)),
    })
  ).status

test('bodies one after the other may be more than the bound together', async () => {
  const { app, url } = await start()
  for (let count = 0; count < 5; count += 1) expect(await post(url, 600)).toBe(200)
  await app.close()
})

test('bodies at once may not, and there is room again when one was lost', async () => {
  const { app, port, url } = await start()
  const headers = { 'content-type': 'application/json', 'content-length': 600 }
  const slow = request({ port, method: 'POST', headers })
  slow.on('error', () => undefined)
  slow.write('"')
  await expect.poll(() => post(url, 600)).toBe(429)
  expect(await post(url, 300)).toBe(200)
  slow.destroy()
  await expect.poll(() => post(url, 600)).toBe(200)
  await app.close()
})
