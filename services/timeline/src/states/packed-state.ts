import { gunzipSync, gzipSync } from 'node:zlib'
import type { BornTask } from '@maestro/task-model/task'

/** One piece takes most states in: pieces of the default size (16 KiB) are put together once more. */
const pieceBytes = 256 * 1024

/** A state as JSON, compressed: the database sends a twentieth of the bytes. `characters`: of the JSON. */
export type PackedState = { data: Buffer; characters: number }

export const packState = (task: BornTask): PackedState => {
  const text = JSON.stringify(task)
  return { data: gzipSync(text, { level: 1 }), characters: text.length }
}

/** Our own bytes: parsed, not checked again. */
export const unpackState = (data: Buffer): { task: BornTask; characters: number } => {
  const text = gunzipSync(data, { chunkSize: pieceBytes }).toString('utf8')
  return { task: JSON.parse(text) as BornTask, characters: text.length }
}
