import { AppError } from '@maestro/contracts/errors'
import type { AttemptLimit } from './attempt-limit.ts'
import { sessionCookie } from './session-cookie.ts'
import type { SessionStore } from './session-store.ts'

/** Opens a session for who knows the token. @throws {AppError} `UNAUTHENTICATED`, `RATE_LIMITED`. */
export type SignInByToken = (
  sent: string,
  address: string,
) => Promise<{ cookie: string; expiresAt: string }>

export const createSignInByToken =
  ({
    isToken,
    sessions,
    attempts,
    secureCookies,
  }: {
    isToken: (sent: string) => boolean
    sessions: SessionStore
    attempts: AttemptLimit
    secureCookies: boolean
  }): SignInByToken =>
  async (sent, address) => {
    attempts.check(address)
    if (!isToken(sent)) {
      attempts.failed(address)
      throw new AppError('UNAUTHENTICATED', { reason: 'this token is not valid' })
    }
    const { cookie, expiresAt } = await sessions.open()
    return { cookie: sessionCookie(cookie, expiresAt, secureCookies), expiresAt }
  }
