import type { LiveSocket } from './live-socket.ts'

/** A network or a person that comes back does not wait for the next retry. */
export const wakeOnReturn = (socket: LiveSocket) => {
  const wake = () => {
    if (document.visibilityState === 'visible') socket.retryNow()
  }
  window.addEventListener('online', wake)
  document.addEventListener('visibilitychange', wake)
}
