import { createTestDatabase } from '@maestro/testkit/infrastructure/test-database'
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { connectDatabase, type Sql } from './database.ts'
import { createPayloadStore, type PayloadStore } from './payload-store.ts'
import { payloadOf } from './payload.ts'

let database: Awaited<ReturnType<typeof createTestDatabase>>
let sql: Sql
let payloads: PayloadStore

beforeAll(async () => {
  database = await createTestDatabase()
  sql = connectDatabase(database.url)
  await sql`create table payloads (sha256 text primary key, media_type text not null, bytes integer not null,
    content bytea not null, named boolean not null, created_at timestamptz not null default now())`
  await sql`create table payload_chunks (sha256 text not null, "offset" integer not null,
    content bytea not null, created_at timestamptz not null default now(), primary key (sha256, "offset"))`
})
beforeEach(async () => {
  await sql`truncate payloads, payload_chunks`
  payloads = createPayloadStore({ sql, service: 'orchestrator' })
})
afterAll(async () => {
  await sql.end()
  await database.drop()
})

const content = Buffer.from('a text of some length, cut into pieces')
const sha256 = createHash('sha256').update(content).digest('hex')
const chunkAt = (offset: number, length: number, more = {}) => ({
  sha256,
  bytes: content.length,
  mediaType: 'text/plain',
  offset,
  content: content.subarray(offset, offset + length),
  ...more,
})
const whole = {
  service: 'orchestrator',
  sha256,
  bytes: content.length,
  mediaType: 'text/plain',
  preview: content.toString(),
}

test('an upload is whole with its last missing chunk, in whatever order they come', async () => {
  expect(await payloads.putChunk(chunkAt(30, 100))).toBeNull()
  expect(await payloads.putChunk(chunkAt(10, 20))).toBeNull()
  expect(await payloads.putChunk(chunkAt(0, 10))).toEqual(whole)
  expect(await payloads.readText(sha256)).toBe(content.toString())
  expect(await sql`select 1 from payload_chunks`).toHaveLength(0)
})

test('uploads of the same content at the same moment all come to their end', async () => {
  const upload = async () => {
    for (const [offset, length] of [
      [0, 10],
      [10, 10],
      [20, 100],
    ] as const) {
      const ref = await payloads.putChunk(chunkAt(offset, length))
      if (ref !== null) return ref
    }
    return null
  }
  const refs = await Promise.all(Array.from({ length: 12 }, upload))
  expect(refs).toEqual(refs.map(() => whole))
})

test('content that is here already needs no further chunk', async () => {
  expect(await payloads.putChunk(chunkAt(0, 100))).toEqual(whole)
  expect(await payloads.putChunk(chunkAt(10, 5))).toEqual(whole)
})

test('chunks that do not add up are refused and do not spoil the next upload', async () => {
  const wrong = Buffer.alloc(content.length - 10)
  await payloads.putChunk(chunkAt(0, 10))
  await expect(payloads.putChunk(chunkAt(10, 100, { content: wrong }))).rejects.toMatchObject({
    code: 'INVALID_INPUT',
  })
  const other = Buffer.alloc(content.length)
  await expect(payloads.putChunk(chunkAt(0, 100, { content: other }))).rejects.toMatchObject({
    code: 'INVALID_INPUT',
  })
  await payloads.putChunk(chunkAt(0, 20))
  expect(await payloads.putChunk(chunkAt(20, 100))).toEqual(whole)
})

const mebi = 1024 * 1024
/** As a client of ours uploads: in chunks of half a mebibyte. */
const upload = async (large: Buffer) => {
  const hash = createHash('sha256').update(large).digest('hex')
  const chunkBytes = mebi / 2
  let ref = null
  for (let offset = 0; offset < large.length; offset += chunkBytes) {
    const part = large.subarray(offset, offset + chunkBytes)
    const chunk = { sha256: hash, bytes: large.length, mediaType: 'text/csv', offset }
    ref = await payloads.putChunk({ ...chunk, content: part })
  }
  if (ref === null) throw new Error('it did not come to its end')
  return ref
}

test('the largest file comes back as it was, chunk by chunk, whoever reads it', async () => {
  const large = Buffer.from('day,rain\n'.repeat(8 * mebi)).subarray(0, 8 * mebi)
  const ref = await upload(large)
  const reader = createPayloadStore({ sql, service: 'orchestrator' })
  const chunks: Buffer[] = []
  for (let offset: number | null = 0; offset !== null;) {
    const chunk = await reader.readChunk(ref.sha256, offset)
    expect(chunk).toMatchObject({ bytes: large.length, mediaType: 'text/csv' })
    chunks.push(chunk.chunk)
    offset = chunk.nextOffset
  }
  expect(chunks).toHaveLength(16)
  expect(Buffer.concat(chunks).equals(large)).toBe(true)
  expect(await reader.readText(ref.sha256)).toBe(large.toString())
})

test('what is too large is refused before it is kept', async () => {
  const bytes = 8 * mebi + 1
  await expect(payloads.putChunk(chunkAt(0, 10, { bytes }))).rejects.toMatchObject({
    code: 'PAYLOAD_TOO_LARGE',
  })
  await expect(payloads.putChunk(chunkAt(30, 100, { offset: 31 }))).rejects.toMatchObject({
    code: 'INVALID_INPUT',
  })
  expect(await sql`select 1 from payload_chunks`).toHaveLength(0)
})

test('the sweep takes uploads that nobody named, and leaves what events name and what is fresh', async () => {
  const make = async (text: string) => {
    const part = Buffer.from(text)
    const hash = createHash('sha256').update(part).digest('hex')
    const chunk = { sha256: hash, bytes: part.length, mediaType: 'text/plain', offset: 0 }
    const ref = await payloads.putChunk({ ...chunk, content: part })
    if (ref === null) throw new Error('it did not come to its end')
    return { ref, again: () => payloads.putChunk({ ...chunk, content: part }) }
  }
  const [named, forgotten, uploadedAgain] = [await make('a'), await make('b'), await make('c')]
  await payloads.putChunk(chunkAt(0, 10))
  await payloads.keepAll([named.ref])
  await sql`update payloads set created_at = now() - interval '2 days'`
  await sql`update payload_chunks set created_at = now() - interval '2 days'`
  await uploadedAgain.again()

  expect(await payloads.sweep(new Date(Date.now() - 86_400_000))).toBe(1)
  const left = await sql<{ sha256: string }[]>`select sha256 from payloads`
  expect(left.map((row) => row.sha256).toSorted()).toEqual(
    [named.ref.sha256, uploadedAgain.ref.sha256].toSorted(),
  )
  expect(await sql`select 1 from payload_chunks`).toHaveLength(0)
  await expect(payloads.keepAll([forgotten.ref])).rejects.toMatchObject({
    code: 'NOT_FOUND',
    details: { sha256: forgotten.ref.sha256 },
  })
  await expect(payloads.keepAll([{ ...named.ref, service: 'llm-router' }])).rejects.toMatchObject({
    code: 'NOT_FOUND',
  })
})

test('texts are written once, in the transaction of whoever names them', async () => {
  const { ref } = payloadOf('orchestrator', 'a text', 'text/plain')
  const payload = payloadOf('orchestrator', 'a text', 'text/plain')
  const failing = sql.begin(async (transaction) => {
    await payloads.putAll(transaction, [payload])
    throw new Error('rolled back')
  })
  await expect(failing).rejects.toThrow('rolled back')
  const other = createPayloadStore({ sql, service: 'orchestrator' })
  await expect(other.readText(ref.sha256)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await sql.begin((transaction) => payloads.putAll(transaction, [payload, payload]))
  await sql.begin((transaction) => other.putAll(transaction, [payload]))
  expect(await other.readText(ref.sha256)).toBe('a text')
})
