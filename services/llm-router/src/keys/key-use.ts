import type { KeyId } from '@maestro/contracts/llm/key-id'
import type { Sql } from '@maestro/service-kit/database'
import type { Logger } from '@maestro/service-kit/logger'
import { LRUCache } from 'lru-cache'

/** When a key was last used interests people, not machines. */
const writeEveryMs = 5_000
/** Keys whose last use is remembered; more than there can be at one time. */
const rememberedMax = 4_096

/** Which keys of this worker are busy, and when each was last used. */
export type KeyUse = {
  /** Counts it as busy until it is let go. */
  hold: (keyId: KeyId) => () => void
  /** A request leaves with it now. */
  note: (keyId: KeyId) => void
  /** The less busy one first; of equals, the one that has rested longer. */
  compare: (one: KeyId, other: KeyId) => number
  stop: () => Promise<void>
}

export const createKeyUse = ({ sql, log }: { sql: Sql; log: Logger }): KeyUse => {
  const held = new Map<KeyId, number>()
  /** When each was held last, counted: two in the same millisecond still have an order. */
  const turns = new LRUCache<KeyId, number>({ max: rememberedMax })
  let turn = 0
  const lastUsed = new LRUCache<KeyId, Date>({ max: rememberedMax })
  const unwritten = new Set<KeyId>()

  const write = async () => {
    const keyIds = [...unwritten]
    if (keyIds.length === 0) return
    unwritten.clear()
    try {
      await sql`
        update provider_keys set last_used_at = greatest(last_used_at, used.at)
        from unnest(
          ${keyIds}::text[], ${keyIds.map((keyId) => lastUsed.peek(keyId)?.toISOString() ?? null)}::timestamptz[]
        ) as used (key_id, at)
        where provider_keys.key_id = used.key_id`
    } catch (error) {
      // Told again with the next use.
      log.debug({ err: error }, 'the last use of keys could not be written')
    }
  }
  const timer = setInterval(() => void write(), writeEveryMs)

  return {
    hold: (keyId) => {
      held.set(keyId, (held.get(keyId) ?? 0) + 1)
      turns.set(keyId, (turn += 1))
      return () => {
        const left = (held.get(keyId) ?? 1) - 1
        if (left > 0) held.set(keyId, left)
        else held.delete(keyId)
      }
    },
    note: (keyId) => {
      lastUsed.set(keyId, new Date())
      unwritten.add(keyId)
    },
    compare: (one, other) =>
      (held.get(one) ?? 0) - (held.get(other) ?? 0) ||
      (turns.peek(one) ?? 0) - (turns.peek(other) ?? 0),
    stop: async () => {
      clearInterval(timer)
      await write()
    },
  }
}
