import { createContext, use } from 'react'
import type { StoreApi } from 'zustand/vanilla'
import type { SessionState } from '../api/session.ts'
import type { Http } from '../api/http.ts'
import type { LiveSocket } from '../live/live-socket.ts'

/** What the whole console runs on; made once, in `main.tsx`. */
export type App = {
  readonly http: Http
  readonly socket: LiveSocket
  readonly session: StoreApi<SessionState>
}

export const AppContext = createContext<App | null>(null)

export const useApp = (): App => {
  const app = use(AppContext)
  if (app === null) throw new Error('there is no AppContext around this component')
  return app
}
