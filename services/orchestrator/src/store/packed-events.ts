import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import type { TaskEvent } from '@maestro/contracts/task/task-events'

// P1 What is unpacked is the same JSON as what was packed, in the order of its keys.
// P2 What was altered on its way is not unpacked to something else: each has a checksum.

/** Of one row. An event is also a message of the bus, which holds 1 MiB: what claims more is none of ours. */
const unpackedBytesMax = 8 * 1024 * 1024
/** Room for what mostly comes out. The default is another, and grows results by 16 KiB at a time. */
const packedAtOnce = { chunkSize: 4 * 1024 }
const unpackedAtOnce = { chunkSize: 64 * 1024 }

/** An event without its place, which its row knows. */
export type PlacedByRow = Pick<TaskEvent, 'type' | 'data' | 'at' | 'actor' | 'traceparent'>

/** @param texts of events, each as JSON. */
export const packEvents = (texts: readonly string[]): Buffer => {
  const text = Buffer.from(`[${texts.join(',')}]`)
  if (text.length > unpackedBytesMax) throw new Error(`events of ${text.length} bytes in one row`)
  return zstdCompressSync(text, {
    ...packedAtOnce,
    params: { [constants.ZSTD_c_checksumFlag]: 1 },
  })
}

/** @throws {Error} when it is not what was packed. */
export const unpackEvents = (packed: Buffer): PlacedByRow[] => {
  const text = zstdDecompressSync(packed, { ...unpackedAtOnce, maxOutputLength: unpackedBytesMax })
  return JSON.parse(text.toString('utf8')) as PlacedByRow[]
}
