import cors from '@fastify/cors'
import websocket from '@fastify/websocket'
import { AppError } from '@maestro/contracts/errors'
import { liveFrameBytesMax } from '@maestro/contracts/gateway/live-feed'
import type { Logger } from '@maestro/service-kit/logger'
import { newToken } from '@maestro/service-kit/new-id'
import Fastify, { type FastifyInstance } from 'fastify'
import { bodiesInFlightPlugin, bytesInFlightDefault } from './plugins/bodies-in-flight.ts'
import { answerBrokenHttp } from './plugins/broken-http.ts'
import { createErrorReply, errorsPlugin } from './plugins/errors.ts'
import { fileBodiesPlugin } from './plugins/file-bodies.ts'
import { jsonBodiesPlugin } from './plugins/json-bodies.ts'
import { createOriginCheck } from './plugins/origins.ts'
import { rateLimitsPlugin } from './plugins/rate-limits.ts'
import { securityHeadersPlugin } from './plugins/security-headers.ts'
import { signInPlugin } from './plugins/sign-in.ts'
import { fileMsMax, slowBodiesPlugin } from './plugins/slow-bodies.ts'
import { paramCharactersMax } from './plugins/to-http-error.ts'
import { unreadBodiesPlugin } from './plugins/unread-bodies.ts'
import type { AttemptLimit } from './sessions/attempt-limit.ts'
import type { SessionStore } from './sessions/session-store.ts'

/** An address longer than this is no address of ours. */
const urlCharactersMax = 4_096
const closeGraceMs = 2_000

type AppOptions = {
  log: Logger
  isToken: (sent: string) => boolean
  sessions: SessionStore
  attempts: AttemptLimit
  corsOrigins: readonly string[]
  publicUrl: string | undefined
  requestsPerMinuteMax: number
}

const requestIdOf = (sent: string | string[] | undefined): string =>
  typeof sent === 'string' && /^[\w.-]{1,64}$/.test(sent) ? sent : `req_${newToken()}`

/** The HTTP server with everything that holds for every route; the routes themselves come after. */
export const createApp = async (options: AppOptions): Promise<FastifyInstance> => {
  const { log, corsOrigins, publicUrl } = options
  const replyWithError = createErrorReply(log)
  const app = Fastify({
    genReqId: ({ headers }) => requestIdOf(headers['x-request-id']),
    requestTimeout: fileMsMax,
    return503OnClosing: false,
    routerOptions: { maxParamLength: paramCharactersMax },
    frameworkErrors: (error, request, reply) => void replyWithError(error, request, reply),
    clientErrorHandler: answerBrokenHttp,
  })

  app.addHook('onRequest', async (request, reply) => {
    void reply.header('x-request-id', request.id)
    if (request.url.length > urlCharactersMax) {
      throw new AppError('INVALID_INPUT', { reason: 'the address is too long', urlCharactersMax })
    }
  })
  await app.register(errorsPlugin, { log })
  await app.register(unreadBodiesPlugin)
  await app.register(slowBodiesPlugin)
  await app.register(securityHeadersPlugin, {
    overHttps: publicUrl?.startsWith('https:') ?? false,
  })
  if (corsOrigins.length > 0) {
    await app.register(cors, {
      origin: [...corsOrigins],
      credentials: true,
      exposedHeaders: ['x-request-id', 'retry-after'],
    })
  }
  await app.register(websocket, {
    options: { maxPayload: liveFrameBytesMax },
    preClose: (done) => closeSockets(app, done),
  })
  await app.register(signInPlugin, {
    isToken: options.isToken,
    sessions: options.sessions,
    attempts: options.attempts,
    isOurOrigin: createOriginCheck([...corsOrigins, ...(publicUrl ? [publicUrl] : [])]),
  })
  await app.register(rateLimitsPlugin, { requestsPerMinuteMax: options.requestsPerMinuteMax })
  await app.register(bodiesInFlightPlugin, { bytesInFlightMax: bytesInFlightDefault })
  await app.register(jsonBodiesPlugin)
  await app.register(fileBodiesPlugin)
  return app
}

/** Says that we go away, so that clients come back to the next copy; those that do not listen are left. */
const closeSockets = (app: FastifyInstance, done: () => void): void => {
  const { clients } = app.websocketServer
  for (const socket of clients) socket.close(1001, 'the gateway stops')
  const deadline = setTimeout(() => {
    for (const socket of clients) socket.terminate()
  }, closeGraceMs)
  app.websocketServer.close(() => {
    clearTimeout(deadline)
    done()
  })
}
