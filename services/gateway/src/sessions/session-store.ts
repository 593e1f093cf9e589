import { randomBytes } from 'node:crypto'
import type { Sql } from '@maestro/service-kit/database'
import { LRUCache } from 'lru-cache'
import { sha256Of } from './token-check.ts'

export type OpenSession = { id: string; expiresAt: string }

export type SessionStore = {
  /** The cookie's value is known to the browser alone. */
  open: () => Promise<OpenSession & { cookie: string }>
  find: (cookie: string) => Promise<OpenSession | null>
  close: (id: string) => Promise<void>
  sweep: () => Promise<void>
}

const lifetimeMs = 30 * 24 * 3_600_000
/** A session that another copy closed is still taken here for this long. */
const cachedMs = 30_000
const cachedMax = 1_000

export const createSessionStore = ({ sql, token }: { sql: Sql; token: string }): SessionStore => {
  const tokenHash = sha256Of(token)
  const cache = new LRUCache<string, OpenSession>({ max: cachedMax, ttl: cachedMs })

  return {
    open: async () => {
      const cookie = randomBytes(32).toString('base64url')
      const session = {
        id: sha256Of(cookie),
        expiresAt: new Date(Date.now() + lifetimeMs).toISOString(),
      }
      await sql`
        insert into sessions (id, token_hash, expires_at)
        values (${session.id}, ${tokenHash}, ${session.expiresAt})`
      return { ...session, cookie }
    },

    find: async (cookie) => {
      const id = sha256Of(cookie)
      const cached = cache.get(id)
      if (cached) return cached
      const [row] = await sql<{ expiresAt: Date }[]>`
        select expires_at as "expiresAt" from sessions
        where id = ${id} and token_hash = ${tokenHash} and expires_at > now()`
      if (!row) return null
      const session = { id, expiresAt: row.expiresAt.toISOString() }
      cache.set(id, session)
      return session
    },

    close: async (id) => {
      cache.delete(id)
      await sql`delete from sessions where id = ${id}`
    },

    sweep: async () => {
      await sql`delete from sessions where expires_at < now()`
    },
  }
}
