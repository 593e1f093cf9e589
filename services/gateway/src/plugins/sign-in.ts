import type { Actor } from '@maestro/contracts/actor'
import { AppError } from '@maestro/contracts/errors'
import type { FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import type { AttemptLimit } from '../sessions/attempt-limit.ts'
import { readSessionCookie } from '../sessions/session-cookie.ts'
import type { SessionStore } from '../sessions/session-store.ts'
import type { IsOurOrigin } from './origins.ts'
import type { SignedIn } from './request-types.ts'

/** Who holds the token. */
export const owner: Actor = { kind: 'person', id: 'owner' }

type SignInOptions = {
  isToken: (sent: string) => boolean
  sessions: SessionStore
  attempts: AttemptLimit
  isOurOrigin: IsOurOrigin
}

const isReading = (method: string) => method === 'GET' || method === 'HEAD'

/** Lets in who carries the token or a session's cookie (I10: the actor is set here, and nowhere else). */
export const signInPlugin = fp<SignInOptions>(
  async (app, { isToken, sessions, attempts, isOurOrigin }) => {
    const byToken = (header: string, address: string): SignedIn => {
      attempts.check(address)
      const sent = /^Bearer +(\S+) *$/i.exec(header)?.[1]
      if (sent !== undefined && isToken(sent)) return { actor: owner, session: null }
      attempts.failed(address)
      throw new AppError('UNAUTHENTICATED', { reason: 'this token is not valid' })
    }

    const byCookie = async (cookie: string, request: FastifyRequest): Promise<SignedIn> => {
      const session = await sessions.find(cookie)
      if (session === null) {
        throw new AppError('UNAUTHENTICATED', { reason: 'this session has ended' })
      }
      // SameSite does not tell ports apart: a page on another port of this host would carry the cookie too.
      if (!isReading(request.method)) mustBeOurPage(request)
      return { actor: owner, session }
    }

    const mustBeOurPage = ({ headers }: FastifyRequest) => {
      if (!isOurOrigin(headers)) {
        throw new AppError('FORBIDDEN', { reason: 'this page is of another origin' })
      }
    }

    const signIn = (request: FastifyRequest): Promise<SignedIn> | SignedIn => {
      const { authorization, cookie: cookies } = request.headers
      if (authorization !== undefined) return byToken(authorization, request.ip)
      const cookie = readSessionCookie(cookies)
      if (cookie !== null) return byCookie(cookie, request)
      throw new AppError('UNAUTHENTICATED')
    }

    app.decorateRequest('signedIn', null)
    app.addHook('onRequest', async (request) => {
      if (request.routeOptions.config.access !== 'owner') return
      // The same-origin rule of browsers does not hold for WebSockets: whoever opens one is asked for its origin.
      if (request.ws) mustBeOurPage(request)
      request.signedIn = await signIn(request)
    })
  },
  { name: 'sign-in' },
)
