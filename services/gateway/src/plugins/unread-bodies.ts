import { setTimeout as delay } from 'node:timers/promises'
import type { IncomingMessage } from 'node:http'
import fp from 'fastify-plugin'

// Who sends a large body reads the answer afterwards, or at least while it sends. A connection that is closed
// with bytes unread is reset, and the reset takes the answer with it: what is refused is read on and thrown away.

/** Twice the largest body that any route takes. */
const bytesMax = 64 * 1024 ** 2
/** Less than Node gives a whole request. */
const msMax = 10_000
const lookEveryMs = 50

type Bounds = { bytesMax: number; msMax: number }

/** Resolves when all of the request is here, or its bounds are reached. It is thrown away meanwhile: whoever might read it has answered. */
const readOn = async (request: IncomingMessage, bounds: Bounds): Promise<void> => {
  const { socket } = request
  const untilMs = performance.now() + bounds.msMax
  const bytesBefore = socket.bytesRead
  request.resume()
  const mayGoOn = () =>
    !request.complete &&
    !socket.destroyed &&
    performance.now() < untilMs &&
    socket.bytesRead - bytesBefore < bounds.bytesMax
  while (mayGoOn()) await delay(lookEveryMs, undefined, { ref: false })
}

/** Answers that come before the body do not lose themselves. */
export const unreadBodiesPlugin = fp<Partial<Bounds>>(
  async (app, { bytesMax: bytes = bytesMax, msMax: ms = msMax }) => {
    const bounds = { bytesMax: bytes, msMax: ms }

    app.addHook('onSend', async ({ raw: request }, reply) => {
      if (request.complete) return
      // Fastify hangs up on bodies that it does not take; read to its end, the connection is as good as before.
      const goesOn = reply.raw.shouldKeepAlive
      void reply.header('connection', goesOn ? 'keep-alive' : 'close')
      // Closed the moment it is answered, as the client wants it: the answer waits.
      if (!goesOn) await readOn(request, bounds)
    })
    app.addHook('onResponse', async ({ raw: request }) => {
      if (request.complete) return
      await readOn(request, bounds)
      if (!request.complete) request.socket.destroy()
    })
  },
  { name: 'unread-bodies' },
)
