import { z } from 'zod'
import { Actor } from '../../actor.ts'
import { httpRoutesOf } from '../http-route.ts'

const tag = 'session'

export const Session = z.object({
  actor: Actor,
  /** When the cookie ends; null for a request that carries the token itself. */
  expiresAt: z.iso.datetime().nullable(),
})
export type Session = z.infer<typeof Session>

export const sessionRoutes = httpRoutesOf({
  getSession: {
    method: 'GET',
    path: '/api/session',
    tag,
    summary: 'Who you are.',
    access: 'owner',
    answer: Session,
    status: 200,
    keyed: false,
    errors: [],
  },
  signIn: {
    method: 'POST',
    path: '/api/session',
    tag,
    summary: 'Takes the token and answers with a cookie for browsers.',
    access: 'open',
    body: z.strictObject({ token: z.string().min(1).max(500) }),
    answer: Session,
    status: 200,
    keyed: false,
    errors: [],
  },
  signOut: {
    method: 'DELETE',
    path: '/api/session',
    tag,
    summary: 'Ends the session of the cookie.',
    access: 'owner',
    status: 204,
    keyed: false,
    errors: [],
  },
})
