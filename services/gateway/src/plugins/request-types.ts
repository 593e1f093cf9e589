import type { Actor } from '@maestro/contracts/actor'
import type { HttpRoute } from '@maestro/contracts/gateway/http-route'
// Adds `request.ws`.
import type {} from '@fastify/websocket'
import type { OpenSession } from '../sessions/session-store.ts'

/** Who sent a request: by the token itself, or by a browser's session. */
export type SignedIn = { actor: Actor; session: OpenSession | null }

declare module 'fastify' {
  interface FastifyRequest {
    signedIn: SignedIn | null
    /** SHA-256 of the body as it was sent; only where an `Idempotency-Key` came with it. */
    bodyHash: string
  }
  interface FastifyContextConfig {
    /** Left out: open, as the console's own files are. */
    access?: HttpRoute['access']
    /** The kind of file that its body is; left out: the body is JSON. */
    takes?: string
  }
}
