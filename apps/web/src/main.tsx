import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { z } from 'zod'
import { AppError } from '@maestro/contracts/errors'
import { createHttp } from './api/http.ts'
import { createSessionStore, readSession } from './api/session.ts'
import { createLiveSocket } from './live/live-socket.ts'
import { wakeOnReturn } from './live/wake-on-return.ts'
import { router } from './routes.tsx'
import { AppContext } from './shell/app-context.ts'
import { reloadAfterUpdate } from './shell/reload-after-update.ts'
import './styles.css'

// The content security policy forbids code from text, which zod would otherwise try to make.
z.config({ jitless: true })

const session = createSessionStore()
const http = createHttp({
  // Who was let in before may have something typed on the page.
  onSignedOut: () =>
    session.setState(({ signedIn }) => ({
      signedIn: signedIn === 'yes' || signedIn === 'ended' ? 'ended' : 'no',
    })),
})
const socket = createLiveSocket({
  url: `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/api/live`,
  // An outage, or a session that has ended: then the answer says so.
  onRefused: () => void readSession(http).catch(() => {}),
})
wakeOnReturn(socket)
reloadAfterUpdate()
void import('./shell/tell-what-is-cut.ts').then(({ tellWhatIsCut }) => tellWhatIsCut())

const triesMax = 2
const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      // Maestro may run on this device: it answers without a network.
      networkMode: 'always',
      refetchOnReconnect: true,
      retry: (tries, error) => tries < triesMax && error instanceof AppError && error.retry,
    },
    mutations: { networkMode: 'always' },
  },
})

const place = document.getElementById('root')
if (place === null) throw new Error('index.html has no #root')

createRoot(place).render(
  <StrictMode>
    <AppContext value={{ http, socket, session }}>
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </AppContext>
  </StrictMode>,
)
