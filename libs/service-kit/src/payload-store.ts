import { createHash } from 'node:crypto'
import { AppError } from '@maestro/contracts/errors'
import {
  payloadBytesMax,
  payloadChunkBytesMax,
  type PayloadRef,
  type PayloadService,
} from '@maestro/contracts/payload/payload-ref'
import { LRUCache } from 'lru-cache'
import { numberArray, textArray } from './array-literal.ts'
import type { Fragment, Sql, Transaction } from './database.ts'
import { type Payload, previewOf } from './payload.ts'

/** Texts that were just made are read again at once; 32 MiB hold the working set of a hundred tasks. */
const cacheBytesMax = 32 * 1024 * 1024
/** Larger contents are read in chunks, so caching them would only push others out. */
const cachedBytesMax = 512 * 1024

export type PayloadChunk = {
  bytes: number
  mediaType: string
  chunk: Buffer
  nextOffset: number | null
}

export type UploadedChunk = {
  sha256: string
  /** Of the whole payload. */
  bytes: number
  mediaType: string
  offset: number
  content: Buffer
}

/** Names the advisory locks of uploads; the second key is the content's. */
const uploadLock = 7_301_002
const previewBytes = 2_000

const cutAt = (content: Buffer, offset: number): Buffer =>
  content.subarray(offset, offset + payloadChunkBytesMax)

const hasHash = (content: Buffer, sha256: string): boolean =>
  createHash('sha256').update(content).digest('hex') === sha256

export type PayloadStore = {
  /** Writes in the transaction of the event that names them. What is there already stays. */
  putAll: (transaction: Transaction, payloads: readonly Payload[]) => Promise<void>
  /** The same as a part of another statement; `remember` them when it is done. */
  putting: (payloads: readonly Payload[]) => Fragment
  /** Written: they are read again at once. */
  remember: (payloads: readonly Payload[]) => void
  /** @throws {AppError} `NOT_FOUND`. */
  readText: (sha256: string) => Promise<string>
  /** At most 512 KiB from `offset`. @throws {AppError} `NOT_FOUND`. */
  readChunk: (sha256: string, offset: number) => Promise<PayloadChunk>
  /** One chunk of an upload; the reference comes with the last missing one, or at once when the content is here already. @throws {AppError} `INVALID_INPUT`. */
  putChunk: (chunk: UploadedChunk) => Promise<PayloadRef | null>
  /** Writes whole texts that no event names yet, as uploads are; `remember` is left out: nobody reads them soon. */
  stageAll: (payloads: readonly Payload[]) => Promise<void>
  /** Removes uploads that are not needed any more, as far as they came so long ago; what an event names stays. */
  drop: (hashes: readonly string[], olderThanMs?: number) => Promise<void>
  /** Keeps uploads for good, because an event is about to name them. @throws {AppError} `NOT_FOUND` for the first one whose content is not here. */
  keepAll: (refs: readonly PayloadRef[]) => Promise<void>
  /** Removes uploads that were never named, older than `before`. */
  sweep: (before: Date) => Promise<number>
}

export const createPayloadStore = ({
  sql,
  service,
}: {
  sql: Sql
  service: PayloadService
}): PayloadStore => {
  const cache = new LRUCache<string, { content: Buffer; mediaType: string }>({
    maxSize: cacheBytesMax,
    sizeCalculation: ({ content }) => content.length + 200,
  })
  const remember = (sha256: string, content: Buffer, mediaType: string) => {
    if (content.length <= cachedBytesMax) cache.set(sha256, { content, mediaType })
  }

  const readWhole = async (sha256: string) => {
    const cached = cache.get(sha256)
    if (cached) return cached
    const [row] = await sql<{ content: Buffer; mediaType: string }[]>`
      select content, media_type as "mediaType" from payloads where sha256 = ${sha256}`
    if (!row) throw new AppError('NOT_FOUND', { kind: 'payload', service, sha256 })
    remember(sha256, row.content, row.mediaType)
    return row
  }

  /** One chunk alone: large contents are read in many, and none of them should cost the whole. */
  const readPart = async (sha256: string, offset: number) => {
    const [row] = await sql<{ chunk: Buffer; mediaType: string; bytes: number }[]>`
      select bytes, media_type as "mediaType",
        substring(content from ${offset + 1} for ${payloadChunkBytesMax}) as chunk
      from payloads where sha256 = ${sha256}`
    if (!row) throw new AppError('NOT_FOUND', { kind: 'payload', service, sha256 })
    if (row.chunk.length === row.bytes) remember(sha256, row.chunk, row.mediaType)
    return row
  }

  const refOf = (
    sha256: string,
    content: Buffer,
    mediaType: string,
    bytes: number,
  ): PayloadRef => ({
    service,
    sha256,
    bytes,
    mediaType,
    preview: previewOf(content.toString('utf8', 0, previewBytes)),
  })

  /** Content that is here already needs no upload. */
  const findRef = async (sql: Sql | Transaction, sha256: string, mediaType: string) => {
    // As young as its last upload: the sweep must not take it from under it.
    await sql`update payloads set created_at = now() where sha256 = ${sha256} and not named`
    const [row] = await sql<{ bytes: number; start: Buffer }[]>`
      select bytes, substring(content for ${previewBytes}) as start from payloads where sha256 = ${sha256}`
    return row ? refOf(sha256, row.start, mediaType, row.bytes) : null
  }

  const store = async (
    sql: Sql | Transaction,
    sha256: string,
    content: Buffer,
    mediaType: string,
  ): Promise<PayloadRef> => {
    // Content that is here already is as young as its last upload: the sweep must not take it from under it.
    await sql`
      insert into payloads (sha256, media_type, bytes, content, named)
      values (${sha256}, ${mediaType}, ${content.length}, ${content}, false)
      on conflict (sha256) do update set created_at = excluded.created_at where not payloads.named`
    remember(sha256, content, mediaType)
    return refOf(sha256, content, mediaType, content.length)
  }

  const putPart = ({ sha256, bytes, mediaType, offset, content }: UploadedChunk) =>
    sql.begin(async (transaction) => {
      // Uploads of the same content take turns: the first one to be whole is there for all of them.
      await transaction`select pg_advisory_xact_lock(${uploadLock}, hashtext(${sha256}))`
      const known = await findRef(transaction, sha256, mediaType)
      if (known !== null) return known
      await transaction`
        insert into payload_chunks (sha256, "offset", content) values (${sha256}, ${offset}, ${content})
        on conflict (sha256, "offset") do update set content = excluded.content`
      const [sum] = await transaction<{ total: number }[]>`
        select coalesce(sum(length(content)), 0)::int as total from payload_chunks where sha256 = ${sha256}`
      if ((sum?.total ?? 0) < bytes) return null
      const rows = await transaction<{ content: Buffer }[]>`
        delete from payload_chunks where sha256 = ${sha256} returning "offset", content`
      const parts = [...rows] as { offset: number; content: Buffer }[]
      const whole = Buffer.concat(
        parts.sort((a, b) => a.offset - b.offset).map((row) => row.content),
      )
      // Thrown after the commit, so that chunks which do not fit are gone for the next try.
      return hasHash(whole, sha256) ? store(transaction, sha256, whole, mediaType) : 'misfit'
    })

  const writing = (payloads: readonly Payload[], named: boolean) => {
    // Ordered, so that two transactions that write the same contents cannot wait for each other.
    const unique = [...new Map(payloads.map((payload) => [payload.ref.sha256, payload])).values()]
    unique.sort((a, b) => (a.ref.sha256 < b.ref.sha256 ? -1 : 1))
    // As base64: the driver has no arrays of bytes.
    return sql`
      insert into payloads (sha256, media_type, bytes, content, named)
      select w.sha256, w.media_type, w.bytes, decode(w.content, 'base64'), ${named} from unnest(
        ${textArray(unique.map(({ ref }) => ref.sha256))}::text::text[],
        ${textArray(unique.map(({ ref }) => ref.mediaType))}::text::text[],
        ${numberArray(unique.map(({ ref }) => ref.bytes))}::text::int[],
        ${textArray(unique.map(({ content }) => content.toString('base64')))}::text::text[]
      ) as w(sha256, media_type, bytes, content)
      on conflict (sha256) do update
        set named = excluded.named, created_at = excluded.created_at where not payloads.named`
  }
  const putting = (payloads: readonly Payload[]) => writing(payloads, true)
  const rememberAll = (payloads: readonly Payload[]) => {
    for (const { ref, content } of payloads) remember(ref.sha256, content, ref.mediaType)
  }

  return {
    putAll: async (transaction, payloads) => {
      if (payloads.length === 0) return
      await transaction`${putting(payloads)}`
      rememberAll(payloads)
    },
    putting,
    remember: rememberAll,

    readText: async (sha256) => (await readWhole(sha256)).content.toString('utf8'),

    readChunk: async (sha256, offset) => {
      const cached = cache.get(sha256)
      const found = cached
        ? { ...cached, bytes: cached.content.length, chunk: cutAt(cached.content, offset) }
        : await readPart(sha256, offset)
      const { bytes, mediaType, chunk } = found
      const end = offset + chunk.length
      return { bytes, mediaType, chunk, nextOffset: end < bytes ? end : null }
    },

    putChunk: async (chunk) => {
      const { sha256, bytes, mediaType, offset, content } = chunk
      if (bytes > payloadBytesMax)
        throw new AppError('PAYLOAD_TOO_LARGE', { bytes, bytesMax: payloadBytesMax })
      if (offset + content.length > bytes || (content.length === 0 && bytes > 0)) {
        throw new AppError('INVALID_INPUT', {
          reason: 'the chunk does not lie inside the payload',
          offset,
          bytes,
        })
      }
      const isWhole = content.length === bytes
      if (isWhole && hasHash(content, sha256)) return store(sql, sha256, content, mediaType)
      const ref = isWhole ? 'misfit' : await putPart(chunk)
      if (ref !== 'misfit') return ref
      throw new AppError('INVALID_INPUT', {
        reason: 'the chunks do not add up to this SHA-256',
        sha256,
      })
    },

    stageAll: async (staged) => {
      if (staged.length > 0) await sql`${writing(staged, false)}`
    },

    drop: async (hashes, olderThanMs = 0) => {
      await sql`
        delete from payloads where sha256 = any(${[...hashes]}::text[]) and not named
          and created_at <= now() - ${olderThanMs} * interval '1 ms'`
    },

    keepAll: async (refs) => {
      const wanted = [...new Set(refs.map((ref) => ref.sha256))]
      if (wanted.length === 0) return
      const found = await sql<{ sha256: string }[]>`
        update payloads set named = true where sha256 = any(${wanted}::text[]) returning sha256`
      const have = new Set(found.map((row) => row.sha256))
      const missing = refs.find((ref) => ref.service !== service || !have.has(ref.sha256))
      if (missing !== undefined) {
        throw new AppError('NOT_FOUND', {
          kind: 'payload',
          service: missing.service,
          sha256: missing.sha256,
        })
      }
    },

    sweep: async (before) => {
      const removed = await sql`delete from payloads where not named and created_at < ${before}`
      await sql`delete from payload_chunks where created_at < ${before}`
      return removed.count
    },
  }
}
