import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import type { MsgHdrs } from './nats.ts'

const gzipAsync = promisify(gzip)
const gunzipAsync = promisify(gunzip)

/** Below this, compressing costs more time than it saves. */
const plainBytesMax = 48 * 1024
/** A reply that unpacks to more than this is refused: it could only be an attack or a defect. */
const unpackedBytesMax = 64 * 1024 * 1024
const encodingHeader = 'Content-Encoding'

/** JSON as bytes; large ones are compressed, which is said in `fields`. A message holds 1 MiB. */
export const packJson = async (value: unknown, fields: MsgHdrs): Promise<Uint8Array> => {
  const plain = Buffer.from(JSON.stringify(value))
  if (plain.length <= plainBytesMax) return plain
  fields.set(encodingHeader, 'gzip')
  return gzipAsync(plain, { level: 3 })
}

/** @throws {SyntaxError} when it is no JSON. */
export const unpackJson = async (
  data: Uint8Array,
  fields: MsgHdrs | undefined,
): Promise<unknown> => {
  const packed = fields?.get(encodingHeader) === 'gzip'
  const plain = packed
    ? await gunzipAsync(data, { maxOutputLength: unpackedBytesMax })
    : Buffer.from(data.buffer, data.byteOffset, data.byteLength)
  return JSON.parse(plain.toString('utf8'))
}
