import { AppError } from '@maestro/contracts/errors'
import type { sessionRoutes } from '@maestro/contracts/gateway/routes/session-routes'
import { owner } from '../plugins/sign-in.ts'
import type { Answers } from './answers.ts'
import { endedSessionCookie } from '../sessions/session-cookie.ts'
import type { SessionStore } from '../sessions/session-store.ts'
import type { SignInByToken } from '../sessions/sign-in-by-token.ts'

export const sessionAnswers = ({
  sessions,
  signInByToken,
  onSignedOut,
  secureCookies,
}: {
  sessions: SessionStore
  signInByToken: SignInByToken
  onSignedOut: (sessionId: string) => void
  secureCookies: boolean
}): Answers<typeof sessionRoutes> => ({
  getSession: async ({ signedIn }) => {
    if (signedIn === null) throw new AppError('UNAUTHENTICATED')
    return { actor: signedIn.actor, expiresAt: signedIn.session?.expiresAt ?? null }
  },
  signIn: async ({ body }, reply) => {
    const { expiresAt, cookie } = await signInByToken(body.token, reply.request.ip)
    void reply.header('set-cookie', cookie)
    return { actor: owner, expiresAt }
  },
  signOut: async ({ signedIn }, reply) => {
    const session = signedIn?.session ?? null
    if (session !== null) {
      await sessions.close(session.id)
      onSignedOut(session.id)
    }
    void reply.header('set-cookie', endedSessionCookie(secureCookies))
    return reply.send()
  },
})
