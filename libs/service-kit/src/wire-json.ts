import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import type { MsgHdrs } from './nats.ts'

const gzipAsync = promisify(gzip)
const gunzipAsync = promisify(gunzip)

/** Below this, compressing costs more time than it saves. */
const plainBytesMax = 48 * 1024
/** A reply that unpacks to more than this is refused: it could only be an attack or a defect. */
const unpackedBytesMax = 64 * 1024 * 1024
/** Each piece goes to another thread and back, and all are put together again: by default they have 16 KiB. */
const unpackedPieceBytes = 256 * 1024
const encodingHeader = 'Content-Encoding'

/** JSON as it travels. */
export type PackedJson = { data: Uint8Array; encoding: 'gzip' | 'identity' }

/** JSON as bytes; large ones are compressed, which is said in `fields`. A message holds 1 MiB. */
export const packJson = async (value: unknown, fields: MsgHdrs): Promise<Uint8Array> => {
  const plain = Buffer.from(JSON.stringify(value))
  if (plain.length <= plainBytesMax) return plain
  fields.set(encodingHeader, 'gzip')
  return gzipAsync(plain, { level: 3 })
}

/** What came, as it came. */
export const packedJson = (data: Uint8Array, fields: MsgHdrs | undefined): PackedJson => ({
  data,
  encoding: fields?.get(encodingHeader) === 'gzip' ? 'gzip' : 'identity',
})

/** Its text as bytes. */
export const plainJson = async ({ data, encoding }: PackedJson): Promise<Buffer> =>
  encoding === 'gzip'
    ? gunzipAsync(data, { maxOutputLength: unpackedBytesMax, chunkSize: unpackedPieceBytes })
    : Buffer.from(data.buffer, data.byteOffset, data.byteLength)

/** @throws {SyntaxError} when it is no JSON. */
export const unpackJson = async (data: Uint8Array, fields: MsgHdrs | undefined): Promise<unknown> =>
  JSON.parse((await plainJson(packedJson(data, fields))).toString('utf8'))
