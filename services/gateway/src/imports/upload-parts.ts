import { AppError } from '@maestro/contracts/errors'
import { putPayload } from '@maestro/contracts/payload/payload-endpoints'
import { payloadChunkBytesMax } from '@maestro/contracts/payload/payload-ref'
import { dropTaskFile } from '@maestro/contracts/task/import-endpoints'
import type { Call } from '@maestro/service-kit/call'
import type { RequestContext } from '@maestro/service-kit/request-context'
import type { Readable } from 'node:stream'
import { sha256Of } from '../sessions/token-check.ts'

/** Parts on their way at once: with the next one that is put together, a few MiB are in memory. */
const partsAtOnceMax = 4

/**
 * Hands a file to the orchestrator in parts, as it comes, and returns their hashes in order. Of one that does not
 * come to its end nothing stays.
 * @throws {AppError} `PAYLOAD_TOO_LARGE`, and `INVALID_INPUT` for a file that ends before its time, or is none.
 */
export const uploadParts = async (
  file: Readable,
  {
    call,
    context,
    mediaType,
    bytesMax,
  }: { call: Call; context: RequestContext; mediaType: string; bytesMax: number },
): Promise<string[]> => {
  const parts: string[] = []
  const underWay: Promise<unknown>[] = []
  /** When the last of them was there. */
  let lastMs = performance.now()
  const put = async (content: Buffer) => {
    const sha256 = sha256Of(content)
    parts.push(sha256)
    const chunkBase64 = content.toString('base64')
    const chunk = { sha256, bytes: content.length, mediaType, offset: 0, chunkBase64 }
    if (underWay.length >= partsAtOnceMax) await underWay.shift()
    const sent = call(putPayload, chunk, context).finally(() => {
      lastMs = performance.now()
    })
    // Whoever waits for it hears of its failure; until then it is nobody's unhandled one.
    sent.catch(() => {})
    underWay.push(sent)
  }
  const drop = async () => {
    if (parts.length === 0) return
    await Promise.allSettled(underWay)
    const olderThanMs = Math.floor(performance.now() - lastMs)
    // What cannot be dropped now is swept after a day, like every upload that no event names.
    await call(dropTaskFile, { parts, olderThanMs }, context).catch(() => undefined)
  }
  try {
    let bytes = 0
    for await (const part of cutEvenly(file, payloadChunkBytesMax)) {
      bytes += part.length
      if (bytes > bytesMax) throw new AppError('PAYLOAD_TOO_LARGE', { bytesMax })
      await put(part)
    }
    if (parts.length === 0) throw new AppError('INVALID_INPUT', { reason: 'the file is empty' })
    await Promise.all(underWay)
    return parts
  } catch (error) {
    await drop()
    throw error
  }
}

/** Parts of this size, and a rest. @throws {AppError} `INVALID_INPUT` where the sender went away. */
const cutEvenly = async function* (file: Readable, size: number): AsyncGenerator<Buffer> {
  let waiting: Buffer[] = []
  let length = 0
  try {
    // What is refused on its way is answered on the connection that it came by.
    const chunks: AsyncIterable<Buffer> = file.iterator({ destroyOnReturn: false })
    for await (const chunk of chunks) {
      waiting.push(chunk)
      length += chunk.length
      if (length < size) continue
      const whole = Buffer.concat(waiting)
      let from = 0
      for (; length - from >= size; from += size) yield whole.subarray(from, from + size)
      waiting = [whole.subarray(from)]
      length -= from
    }
  } catch (cause) {
    if (cause instanceof AppError) throw cause
    throw new AppError('INVALID_INPUT', { reason: 'the file did not come to its end' }, { cause })
  }
  if (length > 0) yield Buffer.concat(waiting)
}
