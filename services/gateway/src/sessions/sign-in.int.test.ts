import { testNatsEnv } from '@maestro/testkit/infrastructure/test-addresses'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connectLive } from '../testing/live-client.ts'
import { signedIn, startTestGateway, testToken } from '../testing/test-gateway.ts'

let gateway: Awaited<ReturnType<typeof startTestGateway>>
let address: string

beforeAll(async () => {
  gateway = await startTestGateway({
    natsEnv: testNatsEnv('gateway'),
    env: { CORS_ORIGINS: 'http://dashboard.example' },
  })
  address = await gateway.listen()
})
afterAll(() => gateway?.stop())

/** Each test comes from an address of its own, so that failed attempts of one do not lock out another. */
let lastAddress = 0
const fromNewAddress = () => `127.0.1.${(lastAddress += 1)}`

const signIn = (token: string, remoteAddress = fromNewAddress()) =>
  gateway.app.inject({
    method: 'POST',
    url: '/api/session',
    headers: { 'content-type': 'application/json' },
    payload: JSON.stringify({ token }),
    remoteAddress,
  })
const cookieOf = (response: { headers: Record<string, unknown> }) =>
  String(response.headers['set-cookie']).split(';')[0] ?? ''
const whoAmI = (headers: Record<string, string>, remoteAddress = fromNewAddress()) =>
  gateway.app.inject({ method: 'GET', url: '/api/session', headers, remoteAddress })

test('the token signs in, and nothing else does', async () => {
  const right = await whoAmI(signedIn)
  expect(right.json()).toEqual({ actor: { kind: 'person', id: 'owner' }, expiresAt: null })
  for (const headers of [
    {},
    { authorization: 'Bearer wrong' },
    { authorization: `Basic ${testToken}` },
    { authorization: '' },
    { cookie: 'maestro_session=wrong' },
  ] as Record<string, string>[]) {
    const response = await whoAmI(headers)
    expect(response.statusCode).toBe(401)
    expect(response.json()).toMatchObject({ error: { code: 'UNAUTHENTICATED' } })
  }
})

test('the probe and the descriptions are open, everything else is not', async () => {
  const ask = (url: string) => gateway.app.inject({ method: 'GET', url })
  expect((await ask('/api/system/health')).json()).toEqual({ status: 'ok' })
  expect((await ask('/api/openapi.json')).json()).toMatchObject({ openapi: '3.1.0' })
  expect((await ask('/api/asyncapi.json')).json()).toMatchObject({ asyncapi: '3.0.0' })
  for (const url of ['/api/tasks', '/api/system/status', '/api/budgets', '/api/live']) {
    expect((await ask(url)).statusCode).toBe(401)
  }
})

test('a browser gets a cookie that scripts and other sites cannot use', async () => {
  const response = await signIn(testToken)
  expect(response.statusCode).toBe(200)
  const cookie = String(response.headers['set-cookie'])
  expect(cookie).toContain('HttpOnly')
  expect(cookie).toContain('SameSite=Strict')
  expect(cookie).not.toContain(testToken)
  const me = await whoAmI({ cookie: cookieOf(response) })
  expect(me.json()).toMatchObject({ actor: { id: 'owner' } })
  expect(Date.parse(me.json<{ expiresAt: string }>().expiresAt)).toBeGreaterThan(Date.now())
})

test('signing out ends the session, and the sockets that it opened', async () => {
  const cookie = cookieOf(await signIn(testToken))
  const client = await connectLive(address, { cookie, origin: address })
  const out = await gateway.app.inject({
    method: 'DELETE',
    url: '/api/session',
    headers: { cookie },
  })
  expect(out.statusCode).toBe(204)
  expect((await whoAmI({ cookie })).statusCode).toBe(401)
  expect(await client.until(client.closed)).toEqual({ code: 1008 })
})

test('a page of another origin cannot act with the cookie, even from another port of this host', async () => {
  const cookie = cookieOf(await signIn(testToken))
  const act = (origin: string) =>
    gateway.app.inject({
      method: 'DELETE',
      url: '/api/session',
      headers: { cookie, origin, host: '127.0.0.1:8080' },
    })
  expect((await act('http://127.0.0.1:3000')).json()).toMatchObject({
    error: { code: 'FORBIDDEN' },
  })
  expect((await act('null')).statusCode).toBe(403)
  await expect(connectLive(address, { cookie, origin: 'http://evil.example' })).rejects.toThrow(
    '403',
  )
  expect((await act('http://127.0.0.1:8080')).statusCode).toBe(204)
})

test('a token cannot be guessed by trying', async () => {
  const remoteAddress = fromNewAddress()
  for (let count = 0; count < 10; count += 1) {
    expect((await signIn(`guess-${count}`, remoteAddress)).statusCode).toBe(401)
  }
  const refused = await signIn(testToken, remoteAddress)
  expect(refused.statusCode).toBe(429)
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
  expect((await whoAmI(signedIn, remoteAddress)).statusCode).toBe(429)
  expect((await whoAmI(signedIn)).statusCode).toBe(200)
})

test('the printed address signs the browser in and forgets the token at once', async () => {
  const open = (url: string) =>
    gateway.app.inject({ method: 'GET', url, remoteAddress: fromNewAddress() })
  const response = await open(`/tasks/task_1?token=${testToken}&tab=graph`)
  expect(response.statusCode).toBe(302)
  expect(response.headers).toMatchObject({
    location: '/tasks/task_1?tab=graph',
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
  })
  expect((await whoAmI({ cookie: cookieOf(response) })).statusCode).toBe(200)
  const wrong = await open('/?token=wrong')
  expect(wrong.statusCode).toBe(302)
  expect(wrong.headers['set-cookie']).toBeUndefined()
  // Never to another host, whatever the address looks like.
  const odd = await open(`/.//evil.example?token=${testToken}`)
  expect(odd.headers['location']).toMatch(/^\/(?!\/)/)
})

test('only configured origins may read across origins', async () => {
  const ask = (origin: string) =>
    gateway.app.inject({ method: 'GET', url: '/api/system/health', headers: { origin } })
  const known = await ask('http://dashboard.example')
  expect(known.headers['access-control-allow-origin']).toBe('http://dashboard.example')
  const unknown = await ask('http://evil.example')
  expect(unknown.headers['access-control-allow-origin']).toBeUndefined()
})

test('a session of an old token is worth nothing', async () => {
  const cookie = cookieOf(await signIn(testToken))
  await gateway.sql`update sessions set token_hash = 'of an older token'`
  expect((await whoAmI({ cookie })).statusCode).toBe(401)
})
