import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { headers } from './nats.ts'
import { packJson, unpackJson } from './wire-json.ts'

test('small values travel plain, for readers in any language', async () => {
  const fields = headers()
  const data = await packJson({ text: 'häuser' }, fields)
  expect(new TextDecoder().decode(data)).toBe('{"text":"häuser"}')
  expect(fields.get('Content-Encoding')).toBe('')
  expect(await unpackJson(data, fields)).toEqual({ text: 'häuser' })
})

test('large values are compressed, say so, and come back as they were', async () => {
  const fields = headers()
  const value = { lines: Array.from({ length: 20_000 }, (_, index) => `line ${index} with ü`) }
  const data = await packJson(value, fields)
  expect(fields.get('Content-Encoding')).toBe('gzip')
  expect(data.length).toBeLessThan(JSON.stringify(value).length / 3)
  expect(await unpackJson(data, fields)).toEqual(value)
})

test('what unpacks to more than anybody sends is refused', async () => {
  const fields = headers()
  fields.set('Content-Encoding', 'gzip')
  const bomb = gzipSync(Buffer.alloc(80 * 1024 * 1024))
  await expect(unpackJson(bomb, fields)).rejects.toThrow('larger than')
})

test('what is no JSON is refused', async () => {
  await expect(unpackJson(Buffer.from('{'), undefined)).rejects.toThrow(SyntaxError)
})
