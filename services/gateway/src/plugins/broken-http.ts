import { AppError } from '@maestro/contracts/errors'
import { newToken } from '@maestro/service-kit/new-id'
import type { Socket } from 'node:net'
import { errorBodyOf } from './errors.ts'

const reasons: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: 'the headers or the address are too long',
  ERR_HTTP_REQUEST_TIMEOUT: 'the request took too long to arrive',
}

/** Answers what is not even HTTP, in the same form as everything else, and hangs up. */
export const answerBrokenHttp = (error: Error & { code?: string }, socket: Socket): void => {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  hangUp(socket, reasons[error.code ?? ''] ?? 'this is no HTTP request')
}

/** Who has been told why may read it, and is waited for no longer. */
const closeGraceMs = 2_000

/** Says why beside Fastify, which waits for a request that does not come to its end. */
export const hangUp = (socket: Socket, reason: string, requestId = `req_${newToken()}`): void => {
  const body = JSON.stringify({
    error: errorBodyOf(new AppError('INVALID_INPUT', { reason }), requestId),
  })
  socket.end(
    [
      'HTTP/1.1 400 Bad Request',
      'content-type: application/json; charset=utf-8',
      `content-length: ${Buffer.byteLength(body)}`,
      `x-request-id: ${requestId}`,
      'connection: close',
      '',
      body,
    ].join('\r\n'),
  )
  setTimeout(() => socket.destroy(), closeGraceMs).unref()
}
