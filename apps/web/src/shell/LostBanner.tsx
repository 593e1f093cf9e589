import { CloudOff } from 'lucide-react'
import { useStore } from 'zustand'
import { Button } from '../ui/Button.tsx'
import { formatDuration } from '../ui/format-time.ts'
import { useNow } from '../ui/use-now.ts'
import { useApp } from './app-context.ts'

/** A hiccup shorter than this is nobody's business. */
const graceMs = 1_000

/** What is shown is no longer live: since when, and when it is tried again. */
export const LostBanner = () => {
  const { socket } = useApp()
  const state = useStore(socket.state)
  const now = useNow(500, state.status === 'lost')
  if (state.status !== 'lost' || now - state.since < graceMs) return null
  const ago = formatDuration(Math.floor((now - state.since) / 1_000) * 1_000).replace('.0', '')
  const restMs = Math.max(0, state.retryAt - now)
  return (
    <div
      role="alert"
      className="flex items-center gap-3 border-b border-waiting bg-surface px-4 py-1.5 text-13 text-waiting"
    >
      <CloudOff aria-hidden size={16} className="shrink-0" />
      <div className="flex min-w-0 flex-wrap items-center gap-x-3">
        <span className="font-medium">Live updates lost</span>
        <span aria-live="off" className="tnum">
          {ago} ago · retrying {restMs === 0 ? 'now' : `in ${Math.ceil(restMs / 1_000)} s`}
        </span>
      </div>
      <Button size="small" onClick={socket.retryNow}>
        Retry now
      </Button>
    </div>
  )
}
