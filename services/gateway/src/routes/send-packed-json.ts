import { type PackedJson, plainJson } from '@maestro/service-kit/wire-json'
import type { FastifyReply } from 'fastify'

/** An answer as it came over the bus. Who does not read gzip gets its text. */
export const sendPackedJson = async (reply: FastifyReply, packed: PackedJson): Promise<Buffer> => {
  void reply
    .header('content-type', 'application/json; charset=utf-8')
    .header('vary', 'accept-encoding')
  if (packed.encoding === 'gzip' && !takesGzip(reply.request.headers['accept-encoding'])) {
    return plainJson(packed)
  }
  if (packed.encoding === 'gzip') void reply.header('content-encoding', 'gzip')
  return Buffer.from(packed.data.buffer, packed.data.byteOffset, packed.data.byteLength)
}

/** By `Accept-Encoding` (RFC 9110, 12.5.3); left out, nobody has said that they do. */
const takesGzip = (accepted: string | undefined): boolean =>
  (accepted ?? '').split(',').some((coding) => {
    const [name = '', ...settings] = coding.split(';').map((part) => part.trim().toLowerCase())
    return (
      ['gzip', 'x-gzip', '*'].includes(name) && !settings.some((set) => /^q=0(\.0*)?$/.test(set))
    )
  })
