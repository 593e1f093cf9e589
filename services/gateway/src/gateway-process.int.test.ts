import { testNatsEnv } from '@maestro/testkit/infrastructure/test-addresses'
import { createTestDatabase } from '@maestro/testkit/infrastructure/test-database'
import { startServiceProcess } from '@maestro/testkit/services/start-service-process'
import { expect, test } from 'vitest'
import { connectLive } from './testing/live-client.ts'
import { signedIn, startTestGateway, testToken } from './testing/test-gateway.ts'

test('the process gets ready, stops at once with a goodbye to its sockets, and logs no token', async () => {
  const database = await createTestDatabase()
  const gateway = await startServiceProcess('gateway', {
    ...testNatsEnv('gateway'),
    POSTGRES_URL: database.url,
    COPY_NAME: 'gateway-1',
    LOG_LEVEL: 'debug',
    MAESTRO_TOKEN: testToken,
    PORT: '0',
  })
  const listening = gateway.log.find((line) => line.includes('"msg":"listening"')) ?? '{}'
  const { address } = JSON.parse(listening) as { address: string }
  const client = await connectLive(address)
  await fetch(`${address}/?token=${testToken}`, { redirect: 'manual' })
  await fetch(`${address}/api/tasks`, { headers: signedIn })
  await gateway.stop()
  expect(await client.until(client.closed)).toEqual({ code: 1001 })
  expect(gateway.log.join('\n')).toContain('"msg":"stopped"')
  expect(gateway.log.join('\n')).not.toContain(testToken)
  await database.drop()
})

test('an address that asks too often is told to wait, probes are not', async () => {
  const gateway = await startTestGateway({ env: { REQUESTS_PER_MINUTE_MAX: '3' } })
  const ask = (url: string) => gateway.app.inject({ method: 'GET', url, headers: signedIn })
  for (let count = 0; count < 3; count += 1) {
    expect((await ask('/api/session')).statusCode).toBe(200)
  }
  const refused = await ask('/api/session')
  expect(refused.statusCode).toBe(429)
  expect(refused.json()).toMatchObject({ error: { code: 'RATE_LIMITED' } })
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
  expect((await ask('/api/system/health')).statusCode).toBe(200)
  await gateway.stop()
})

test.each([
  ['what is no HTTP', 'hello\r\n\r\n'],
  ['headers without end', `GET / HTTP/1.1\r\nx: ${'x'.repeat(40_000)}\r\n\r\n`],
])('%s is answered in the one form of errors', async (_what, words) => {
  const gateway = await startTestGateway()
  const { port } = new URL(await gateway.listen())
  const { connect } = await import('node:net')
  const heard = await new Promise<string>((resolve, reject) => {
    let text = ''
    const socket = connect(Number(port), '127.0.0.1', () => socket.write(words))
    socket.on('data', (data) => {
      text += data.toString()
    })
    socket.on('close', () => resolve(text))
    socket.on('error', reject)
  })
  expect(heard).toContain('HTTP/1.1 400')
  expect(JSON.parse(heard.split('\r\n\r\n')[1] ?? '')).toMatchObject({
    error: { code: 'INVALID_INPUT' },
  })
  await gateway.stop()
})
