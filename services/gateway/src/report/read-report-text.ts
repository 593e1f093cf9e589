import { AppError } from '@maestro/contracts/errors'
import type { PayloadRef } from '@maestro/contracts/payload/payload-ref'
import type { Call } from '@maestro/service-kit/call'
import { readPayloadChunk } from '@maestro/service-kit/read-payload-chunk'
import type { RequestContext } from '@maestro/service-kit/request-context'
import type { ReportText } from './report-text.ts'

/** About 500 pages. What is longer is no report any more; the whole of it is a file of its own. */
const bytesMax = 1_500_000

/** Reads a payload chunk by chunk, up to what a report holds. One that was removed is told with its preview. */
export const readReportText = async (
  call: Call,
  { service, sha256, bytes, mediaType, preview }: PayloadRef,
  context: RequestContext,
): Promise<ReportText> => {
  const chunks: Buffer[] = []
  let read = 0
  try {
    for (let offset: number | null = 0; offset !== null && read < bytesMax;) {
      const chunk: { chunkBase64: string; nextOffset: number | null } = await readPayloadChunk(
        call,
        { service, sha256 },
        offset,
        context,
      )
      const content = Buffer.from(chunk.chunkBase64, 'base64')
      chunks.push(content)
      read += content.length
      offset = chunk.nextOffset
    }
  } catch (error) {
    if (error instanceof AppError && error.code === 'NOT_FOUND') {
      return { kind: 'gone', preview, bytes }
    }
    throw error
  }
  // A character that the cut divides is left out with the rest, not told as a broken one.
  const kept = new TextDecoder().decode(Buffer.concat(chunks).subarray(0, bytesMax), {
    stream: read > bytesMax,
  })
  return { kind: 'text', text: kept, mediaType, bytes, bytesLeftOut: Math.max(0, bytes - bytesMax) }
}
