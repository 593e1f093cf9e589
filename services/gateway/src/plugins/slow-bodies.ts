import fp from 'fastify-plugin'
import type { IncomingHttpHeaders } from 'node:http'
import { hangUp } from './broken-http.ts'
import './request-types.ts'

// Node bounds all requests of a server alike. JSON is small and has to be here soon; a file may come over a slow
// line, and is waited for as long as it goes on.

/** From the head of a request to its last byte; slower clients hold a connection for nothing. */
const wholeMsMax = 60_000
/** Between two parts of a file. */
const pauseMsMax = 60_000
/** Of a file, from its first byte to its last: the largest one at 0.6 Mbit/s. What Node itself enforces. */
export const fileMsMax = 3_600_000

type Bounds = { wholeMsMax: number; pauseMsMax: number }

const hasBody = (headers: IncomingHttpHeaders): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0

/** Hangs up on bodies that do not come, and says so. */
export const slowBodiesPlugin = fp<Partial<Bounds>>(
  async (app, { wholeMsMax: whole = wholeMsMax, pauseMsMax: pause = pauseMsMax }) => {
    app.addHook('onRequest', async ({ raw: request, routeOptions, id }, reply) => {
      if (!hasBody(request.headers)) return
      const isFile = routeOptions.config.takes !== undefined
      const boundMs = isFile ? pause : whole
      let bytesRead = request.socket.bytesRead
      let sinceMs = performance.now()
      const look = setInterval(() => {
        if (request.complete || reply.raw.headersSent) return clearInterval(look)
        if (isFile && request.socket.bytesRead !== bytesRead) {
          bytesRead = request.socket.bytesRead
          sinceMs = performance.now()
        }
        if (performance.now() - sinceMs < boundMs) return
        clearInterval(look)
        const reason = isFile
          ? `nothing more of the file came for ${boundMs / 1_000} s: send it again`
          : 'the request took too long to arrive'
        hangUp(request.socket, reason, id)
      }, boundMs / 8)
      look.unref()
      reply.raw.once('close', () => clearInterval(look))
    })
  },
  { name: 'slow-bodies' },
)
