import { createTestDatabase } from '@maestro/testkit/infrastructure/test-database'
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { connectDatabase, type Sql } from './database.ts'
import { createPayloadStore, type PayloadStore } from './payload-store.ts'

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
