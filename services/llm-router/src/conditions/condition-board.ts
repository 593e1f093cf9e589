import { z } from 'zod'
import {
  afterNews,
  ConditionRecord,
  type ConditionNews,
  unknownRecord,
} from './condition-record.ts'
import { parseStored } from './parse-stored.ts'
import type { SharedRedis } from './shared-redis.ts'

// Invariants:
// 1. `recordOf` reads a local copy: no call waits for Redis to know whom it may ask.
// 2. A record changes from one revision to the next in one step that only one worker can take, so a
//    trial has one holder and a change has one teller. What others changed meanwhile is looked at again.
// 3. A change is published as it is made; whoever missed it has it after the next refresh.
// 4. While Redis is away a worker goes on with its own copy, and takes over the shared one when it is back.

/** A record of a scope changed, and it was this worker that changed it. */
export type ConditionChange = { scope: string; before: ConditionRecord; after: ConditionRecord }

export type ConditionBoard = {
  recordOf: (scope: string) => ConditionRecord
  /** Resolves with the record as it is then; the local copy has the news at once. Never rejects. */
  tell: (scope: string, news: ConditionNews) => Promise<ConditionRecord>
  scopes: () => readonly string[]
  stop: () => void
}

const hash = 'llm:conditions'
/** How late a worker may learn what it missed. */
const refreshEveryMs = 5_000
/** As many workers as may change the same record at the same moment. */
const stepsMax = 32
/** Models are named by people, so their number has no bound of its own. */
const scopesMax = 1_000
/** Nothing worth knowing holds longer. */
const recordAgeMsMax = 26 * 3_600_000

/** Revision 0 is that of a record which is not there. */
const changeScript = `
local held = redis.call('HGET', KEYS[1], ARGV[1])
local revision = 0
if held then revision = cjson.decode(held).revision end
if revision ~= tonumber(ARGV[2]) then return held or '' end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
redis.call('PUBLISH', KEYS[1], ARGV[4])
return 1`

export const openConditionBoard = async ({
  redis,
  onChange,
  now = Date.now,
}: {
  redis: SharedRedis | null
  onChange: (change: ConditionChange) => void
  now?: () => number
}): Promise<ConditionBoard> => {
  let records = new Map<string, ConditionRecord>()
  const queues = new Map<string, Promise<ConditionRecord>>()

  const recordOf = (scope: string) => records.get(scope) ?? unknownRecord
  const keep = (scope: string, record: ConditionRecord) => {
    if (records.size >= scopesMax && !records.has(scope)) {
      const [oldest] = [...records].sort(([, one], [, other]) => one.revision - other.revision)
      if (oldest !== undefined) records.delete(oldest[0])
    }
    records.set(scope, record)
  }
  const hear = (scope: string, record: ConditionRecord) => {
    if (record.revision > recordOf(scope).revision) keep(scope, record)
  }

  /** @returns null: done; else what another worker has made of it. */
  const change = async (
    shared: SharedRedis,
    { scope, before, after }: ConditionChange,
  ): Promise<ConditionRecord | null> => {
    const message = JSON.stringify({ scope, record: after } satisfies z.input<typeof Message>)
    const held = await shared.run((client) =>
      client.eval(changeScript, 1, hash, scope, before.revision, JSON.stringify(after), message),
    )
    return held === 1 ? null : readRecord(String(held))
  }

  const step = async (scope: string, news: ConditionNews): Promise<ConditionRecord> => {
    for (let steps = 1; ; steps += 1) {
      const before = recordOf(scope)
      const changed = afterNews(before, news, now())
      if (changed === before) return before
      // A time, so that a record that was swept and comes again is newer than all that knew the old one.
      const after = { ...changed, revision: Math.max(before.revision + 1, now()) }
      // At once, so that the calls of this very moment know; what others made of it meanwhile replaces it.
      keep(scope, after)
      let other: ConditionRecord | null = null
      try {
        if (redis !== null) other = await change(redis, { scope, before, after })
      } catch {
        // Redis is away, which is said where it is noticed: this worker goes on alone.
      }
      if (other === null || steps >= stepsMax) {
        onChange({ scope, before, after })
        return after
      }
      keep(scope, other)
    }
  }

  const refresh = async () => {
    if (redis === null) return
    try {
      const shared = await redis.run((client) => client.hgetall(hash))
      const known = new Map<string, ConditionRecord>()
      const swept: string[] = []
      for (const [scope, text] of Object.entries(shared)) {
        const record = readRecord(text)
        if (record.revision < now() - recordAgeMsMax) swept.push(scope)
        else known.set(scope, record)
      }
      // What this worker changed while the answer was under way is newer than the answer.
      for (const [scope, record] of records) {
        const isNewer = record.revision > (known.get(scope)?.revision ?? 0)
        if (isNewer && record.revision > now() - refreshEveryMs) known.set(scope, record)
      }
      records = known
      if (swept.length > 0) await redis.run((client) => client.hdel(hash, ...swept))
    } catch {
      // Said where it is noticed; the copy stays as it is.
    }
  }
  redis?.listen(
    hash,
    (text) => {
      const message = parseStored(Message, text)
      if (message !== null) hear(message.scope, message.record)
    },
    () => void refresh(),
  )
  const timer = setInterval(() => void refresh(), refreshEveryMs)
  await refresh()

  return {
    recordOf,
    tell: (scope, news) => {
      // One at a time for each scope: its own steps must not get in each other's way.
      // Nobody to wait for: what happens in one turn of the event loop is known in the same turn.
      if (redis === null) return step(scope, news)
      const last = queues.get(scope)
      const record = recordOf(scope)
      // As a rule, since most calls are answered where most calls are answered.
      if (last === undefined && afterNews(record, news, now()) === record)
        return Promise.resolve(record)
      const done = last === undefined ? step(scope, news) : last.then(() => step(scope, news))
      queues.set(scope, done)
      void done.finally(() => {
        if (queues.get(scope) === done) queues.delete(scope)
      })
      return done
    },
    scopes: () => [...records.keys()],
    stop: () => clearInterval(timer),
  }
}

const Message = z.object({ scope: z.string(), record: ConditionRecord })

/** What cannot be read is as if it were not there. */
const readRecord = (text: string): ConditionRecord =>
  parseStored(ConditionRecord, text) ?? unknownRecord
