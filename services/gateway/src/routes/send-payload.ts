import type { PayloadRef } from '@maestro/contracts/payload/payload-ref'
import { inputMediaTypes } from '@maestro/contracts/task/task-input'
import type { Call } from '@maestro/service-kit/call'
import { readPayloadChunk } from '@maestro/service-kit/read-payload-chunk'
import type { RequestContext } from '@maestro/service-kit/request-context'
import type { FastifyReply } from 'fastify'
import { Readable } from 'node:stream'

type Address = Pick<PayloadRef, 'service' | 'sha256'>

/** Streams a payload to a client, chunk by chunk. */
export type FileSender = (
  reply: FastifyReply,
  address: Address,
  options: {
    /** What a browser saves it as; left out: it is shown. */
    name?: string | undefined
    /** Instead of the one it was stored with. */
    mediaType?: string
    context: RequestContext
  },
) => Promise<Readable>

/** Kinds that a browser may show: plain text, whatever it holds. All else is saved, never run. */
const shownTypes: readonly string[] = Object.keys(inputMediaTypes)

const contentTypeOf = (stored: string): string => {
  const kind = stored.split(';')[0]?.trim() ?? ''
  if (shownTypes.includes(kind)) return `${kind}; charset=utf-8`
  return kind.endsWith('+json') ? 'application/json; charset=utf-8' : 'application/octet-stream'
}

const dispositionOf = (contentType: string, name: string | undefined): string => {
  if (name !== undefined) return `attachment; filename*=UTF-8''${encodeURIComponent(name)}`
  return contentType === 'application/octet-stream' ? 'attachment' : 'inline'
}

export const createFileSender =
  ({ call }: { call: Call }): FileSender =>
  async (reply, address, { name, mediaType, context }) => {
    const readChunk = (offset: number) => readPayloadChunk(call, address, offset, context)
    const first = await readChunk(0)

    const chunks = async function* () {
      yield Buffer.from(first.chunkBase64, 'base64')
      for (let offset = first.nextOffset; offset !== null;) {
        const next = await readChunk(offset)
        yield Buffer.from(next.chunkBase64, 'base64')
        offset = next.nextOffset
      }
    }
    const contentType = contentTypeOf(mediaType ?? first.mediaType)
    void reply
      .header('content-type', contentType)
      .header('content-length', first.bytes)
      .header('content-disposition', dispositionOf(contentType, name))
      // Nothing that people or models wrote runs in our origin, however a browser reads it.
      .header('content-security-policy', "default-src 'none'; sandbox")
      .header('x-content-type-options', 'nosniff')
    return Readable.from(chunks(), { objectMode: false })
  }
