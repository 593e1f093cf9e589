import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { composeReply } from './compose-reply.ts'
import type { EmulatedReply, EmulatedRequest } from './emulator-script.ts'
import { endlessBody, spoiltBody } from './odd-bodies.ts'
import type { Frame, HttpReply, WireDialect } from './wire-dialect.ts'

/** Where a body goes wrong, and what happens there. */
type Break = { afterPieces: number; happen: 'stall' | 'reset' | { write: string } }

const breakOf = (
  reply: EmulatedReply,
  request: EmulatedRequest,
  dialect: WireDialect,
): Break | null => {
  const { fault } = reply
  switch (fault?.kind) {
    case 'stall':
    case 'reset':
      return { afterPieces: fault.afterPieces ?? 0, happen: fault.kind }
    case 'stream-error': {
      const details = { model: request.model, stream: true, retryAfterMs: null, message: null }
      const write = dialect.streamError(fault.as, details)
      return { afterPieces: fault.afterPieces ?? 0, happen: { write } }
    }
    case 'broken-json':
      return { afterPieces: fault.afterPieces ?? 0, happen: { write: dialect.brokenFrame } }
    default:
      return null
  }
}

export const sendHttpReply = (response: ServerResponse, { status, headers, body }: HttpReply) => {
  response.writeHead(status, headers)
  response.end(body)
}

/** Frames up to a break; a whole body is one frame, and breaks in its middle. */
const framesOf = (reply: EmulatedReply, request: EmulatedRequest, dialect: WireDialect) => {
  const composed = composeReply(request, reply)
  if (request.stream)
    return { headers: dialect.streamHeaders, frames: dialect.frames(composed, request) }
  const { headers, body } = dialect.whole(composed, request)
  const middle = Math.floor(body.length / 2)
  const halves = [body.slice(0, middle), body.slice(middle)]
  return { headers, frames: halves.map((text): Frame => ({ text, isPiece: true })) }
}

/** As fast as it is taken. */
const sendAll = async (
  response: ServerResponse,
  gone: AbortSignal,
  bytes: AsyncIterable<Uint8Array>,
): Promise<void> => {
  for await (const chunk of bytes) {
    if (gone.aborted) return
    if (!response.write(chunk)) await once(response, 'drain', { signal: gone })
  }
}

/** Answers one request as scripted. `gone` is aborted when the client hangs up. */
export const sendReply = async (
  response: ServerResponse,
  gone: AbortSignal,
  {
    reply,
    request,
    dialect,
  }: { reply: EmulatedReply; request: EmulatedRequest; dialect: WireDialect },
): Promise<void> => {
  const wait = (ms: number | undefined) =>
    ms === undefined ? undefined : delay(ms, undefined, { signal: gone })
  const reset = () => response.socket?.resetAndDestroy()
  const { fault } = reply

  await wait(reply.headersDelayMs)
  if (fault?.kind === 'refusal') {
    const { retryAfterMs = null, message = null } = fault
    const details = { model: request.model, stream: request.stream, retryAfterMs, message }
    return sendHttpReply(response, dialect.refuse(fault.as, details))
  }
  if (fault?.kind === 'status')
    return sendHttpReply(response, { headers: { 'content-type': 'text/plain' }, ...fault })
  if (fault?.kind === 'stall' && fault.afterPieces === undefined) return
  if (fault?.kind === 'reset' && fault.afterPieces === undefined) return void reset()

  const { headers, frames } = framesOf(reply, request, dialect)
  response.writeHead(200, headers)
  response.flushHeaders()
  if (fault?.kind === 'truncation') {
    const body = Buffer.from(frames.map(({ text }) => text).join(''))
    return void response.end(body.subarray(0, fault.afterBytes))
  }
  const endless = endlessBody(fault, { frames, besides: dialect.besides, wait })
  if (endless !== null) return sendAll(response, gone, endless)
  const spoilt = spoiltBody(fault, { frames, besides: request.stream ? dialect.besides : '' })
  if (spoilt !== null) {
    await sendAll(response, gone, spoilt)
    return void response.end()
  }
  const at = breakOf(reply, request, dialect)
  let pieces = 0
  for (const frame of frames) {
    if (at !== null && frame.isPiece && pieces >= at.afterPieces) break
    if (pieces > 0) await wait(reply.pieceDelayMs)
    if (gone.aborted) return
    response.write(frame.text)
    if (frame.isPiece) pieces += 1
  }
  if (at?.happen === 'stall') return
  if (at?.happen === 'reset') {
    // A reset overtakes what is still on its way: the pieces have to arrive first.
    await delay(20)
    return void reset()
  }
  response.write(at?.happen.write ?? '')
  if (fault?.kind !== 'stream-error' || fault.hangs !== true) response.end()
}
