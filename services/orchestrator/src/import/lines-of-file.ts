import { AppError } from '@maestro/contracts/errors'
import { payloadBytesMax } from '@maestro/contracts/payload/payload-ref'
import type { PayloadStore } from '@maestro/service-kit/payload-store'

/** The largest text, each of its bytes written as an escape of six characters, and what stands around it. */
export const lineBytesMax = 6 * payloadBytesMax + 64 * 1024

const lineEnd = 0x0a

/**
 * The lines of a file that was uploaded in parts, without their ends, one after the other: a part and a line are in
 * memory. Null for one that is longer than any line is; nothing comes after that.
 * @throws {AppError} `UNAVAILABLE` when a part is gone: the file has to be sent again.
 */
export const linesOfFile = async function* (
  payloads: Pick<PayloadStore, 'readChunk'>,
  parts: readonly string[],
): AsyncGenerator<string | null> {
  let begun: Buffer[] = []
  let length = 0
  for (const sha256 of parts) {
    const part = await readPart(payloads, sha256)
    let from = 0
    for (let end = part.indexOf(lineEnd); end >= 0; end = part.indexOf(lineEnd, from)) {
      const line = Buffer.concat([...begun, part.subarray(from, end)])
      if (line.length > lineBytesMax) {
        yield null
        return
      }
      yield line.toString('utf8')
      begun = []
      length = 0
      from = end + 1
    }
    begun.push(part.subarray(from))
    length += part.length - from
    if (length > lineBytesMax) {
      yield null
      return
    }
  }
  // A file that was made whole ends with the end of a line.
  if (length > 0) yield Buffer.concat(begun).toString('utf8')
}

const readPart = async (
  payloads: Pick<PayloadStore, 'readChunk'>,
  sha256: string,
): Promise<Buffer> => {
  try {
    return (await payloads.readChunk(sha256, 0)).chunk
  } catch (error) {
    const isGone = error instanceof AppError && error.code === 'NOT_FOUND'
    if (!isGone) throw error
    const reason = 'a part of the file is gone: send it again'
    throw new AppError('UNAVAILABLE', { reason }, { cause: error })
  }
}
