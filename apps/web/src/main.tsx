import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { z } from 'zod'
import { AppError } from '@maestro/contracts/errors'
import { createHttp } from './api/http.ts'
import { createSessionStore } from './api/session.ts'
import { createLiveSocket } from './live/live-socket.ts'
import { wakeOnReturn } from './live/wake-on-return.ts'
import { router } from './routes.tsx'
import { AppContext } from './shell/app-context.ts'
import { reloadAfterUpdate } from './shell/reload-after-update.ts'
import './styles.css'

// The content security policy forbids code from text, which zod would otherwise try to make.
z.config({ jitless: true })

const session = createSessionStore()
const http = createHttp({ onSignedOut: () => session.setState({ signedIn: 'no' }) })
const socket = createLiveSocket({
  url: `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/api/live`,
})
wakeOnReturn(socket)
reloadAfterUpdate()

const triesMax = 2
const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      retry: (tries, error) => tries < triesMax && error instanceof AppError && error.retry,
    },
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
