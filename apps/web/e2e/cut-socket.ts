import type { Page, WebSocketRoute } from 'playwright-core'

/** What is told of a frame to whoever may drop it. */
type Frame = { text: string }

/**
 * Stands between a page and the gateway's live feed, which stays the real one: cuts the line, holds
 * what comes, or loses a frame. To be called before the page opens.
 */
export const standInSocket = async (page: Page) => {
  let isCut = false
  let isHeld = false
  let isLost: (frame: Frame) => boolean = () => false
  const open = new Map<WebSocketRoute, WebSocketRoute>()
  const held: (() => void)[] = []

  await page.routeWebSocket(/\/api\/live/, (socket) => {
    if (isCut) {
      void socket.close({ code: 1012 })
      return
    }
    const server = socket.connectToServer()
    open.set(socket, server)
    server.onMessage((message) => {
      if (isLost({ text: String(message) })) return
      const deliver = () => {
        if (open.has(socket)) socket.send(message)
      }
      if (isHeld) held.push(deliver)
      else deliver()
    })
    socket.onClose(() => {
      open.delete(socket)
      void server.close()
    })
  })
  return {
    cut: () => {
      isCut = true
      for (const [socket, server] of open) {
        void socket.close({ code: 1012 })
        void server.close()
      }
      open.clear()
    },
    mend: () => void (isCut = false),
    hold: () => void (isHeld = true),
    /** What was held comes now, in its order. */
    release: () => {
      isHeld = false
      for (const deliver of held.splice(0)) deliver()
    },
    lose: (which: (frame: Frame) => boolean) => void (isLost = which),
  }
}
