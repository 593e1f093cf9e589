import { sessionRoutes } from '@maestro/contracts/gateway/routes/session-routes'
import { createStore } from 'zustand/vanilla'
import type { Http } from './http.ts'

/** Whether the gateway knows us. Unknown until the first answer; ended: it did, and does not any more. */
export type SessionState = { signedIn: 'unknown' | 'yes' | 'no' | 'ended' }

export const createSessionStore = () => createStore<SessionState>(() => ({ signedIn: 'unknown' }))

export const readSession = (http: Http) => http.json(sessionRoutes.getSession)

export const signIn = (http: Http, token: string) =>
  http.json(sessionRoutes.signIn, { body: { token } })

export const signOut = (http: Http) => http.text(sessionRoutes.signOut)
