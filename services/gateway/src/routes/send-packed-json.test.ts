import fastify from 'fastify'
import { gunzipSync, gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { sendPackedJson } from './send-packed-json.ts'

const text = JSON.stringify({ title: 'größer, 雨'.repeat(2_000) })
const app = fastify()
app.get('/large', (_request, reply) =>
  sendPackedJson(reply, { data: gzipSync(text), encoding: 'gzip' }),
)
app.get('/small', (_request, reply) =>
  sendPackedJson(reply, { data: Buffer.from('{}'), encoding: 'identity' }),
)
const ask = (url: string, accepted?: string) =>
  app.inject({ url, headers: accepted === undefined ? {} : { 'accept-encoding': accepted } })

test.each(['gzip', 'br, GZIP;q=0.5', '*'])(
  'who reads gzip (%s) gets it as it came',
  async (accepted) => {
    const answer = await ask('/large', accepted)
    expect(answer.headers['content-encoding']).toBe('gzip')
    expect(answer.headers['content-type']).toBe('application/json; charset=utf-8')
    expect(gunzipSync(answer.rawPayload).toString('utf8')).toBe(text)
  },
)

test.each([undefined, '', 'br', 'gzip;q=0', 'identity, gzip; q=0.0'])(
  'who does not (%s) gets its text',
  async (accepted) => {
    const answer = await ask('/large', accepted)
    expect(answer.headers['content-encoding']).toBeUndefined()
    expect(answer.body).toBe(text)
  },
)

test('what is small came plain, and goes so', async () => {
  const answer = await ask('/small', 'gzip')
  expect(answer.headers['content-encoding']).toBeUndefined()
  expect(answer.json()).toEqual({})
})
