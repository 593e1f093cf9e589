import { z } from 'zod'
import { batchReplies } from './batch-replies.ts'
import { minuteOf, windowMinutes } from './call-window.ts'
import { Headroom } from './headroom.ts'
import type { HeadroomBoard } from './headroom-board.ts'
import { type CountedMinutes, type MinuteCounts, scopesMax } from './minute-counts.ts'
import { parseStored } from './parse-stored.ts'
import { type RunningCalls, WorkerReport } from './running-calls.ts'
import type { SharedRedis } from './shared-redis.ts'

const sweepWorkersMs = 60_000
const minutesKeptSeconds = (windowMinutes + 2) * 60

const scopesKey = 'llm:statistics'
const headroomKey = 'llm:headroom'
const workersKey = 'llm:workers'
const minuteKey = (scope: string, minute: number) => `llm:minute:${minute}:${scope}`

const CountFields = z.record(z.string(), z.coerce.number()).catch({})

export type Statistics = { counts: MinuteCounts; running: RunningCalls; headrooms: HeadroomBoard }
type Place = Statistics & {
  redis: SharedRedis
  /** This life of this copy. */
  worker: string
  now: () => number
}

/** Adds to Redis what this worker has counted. @throws {Error} when Redis is away. */
export const writeStatistics = async (
  { redis, worker, now, running, headrooms }: Place,
  taken: CountedMinutes,
): Promise<void> => {
  const report = running.report()
  const untold = headrooms.untold()
  await redis.run(async (client) => {
    const batch = client.pipeline()
    batch.hset(workersKey, worker, JSON.stringify(report))
    for (const [scope, known] of taken) {
      batch.zadd(scopesKey, minuteOf(now()), scope)
      for (const [minute, counts] of known) {
        const key = minuteKey(scope, minute)
        for (const [field, count] of counts) batch.hincrby(key, field, count)
        batch.expire(key, minutesKeptSeconds)
      }
    }
    for (const { scope, headroom } of untold)
      batch.hset(headroomKey, scope, JSON.stringify(headroom))
    batch.zremrangebyscore(scopesKey, '-inf', minuteOf(now()) - windowMinutes)
    batchReplies(await batch.exec())
  })
  headrooms.told(untold.map(({ scope }) => scope))
}

/** Takes over what all workers have counted. @throws {Error} when Redis is away. */
export const readStatistics = async (place: Place): Promise<void> => {
  const { redis, now, counts, headrooms } = place
  const present = minuteOf(now())
  await redis.run(async (client) => {
    const scopes = (await client.zrevrange(scopesKey, 0, scopesMax - 1)) ?? []
    // The present minute and the one before still grow; of older ones, those that this worker never read.
    const wanted = scopes.flatMap((scope) =>
      Array.from({ length: windowMinutes }, (_, back) => present - back)
        .filter((minute) => minute >= present - 1 || !counts.isKnown(scope, minute))
        .map((minute) => ({ scope, minute })),
    )
    const batch = client.pipeline()
    for (const { scope, minute } of wanted) batch.hgetall(minuteKey(scope, minute))
    const replies = batchReplies(await batch.exec())
    for (const [index, { scope, minute }] of wanted.entries()) {
      const fields = Object.entries(CountFields.parse(replies[index] ?? {}))
      counts.put(scope, minute, new Map(fields.filter(([, count]) => count > 0)))
    }
    await readWorkers(place, client)
    for (const [scope, text] of Object.entries(await client.hgetall(headroomKey))) {
      const headroom = parseStored(Headroom, text)
      if (headroom !== null) headrooms.hear(scope, headroom)
    }
  })
}

const readWorkers = async (
  { worker, now, running }: Place,
  client: {
    hgetall: (key: string) => Promise<Record<string, string>>
    hdel: (key: string, ...fields: string[]) => Promise<number>
  },
): Promise<void> => {
  const reports = Object.entries(await client.hgetall(workersKey)).map(([name, text]) => ({
    name,
    report: parseStored(WorkerReport, text) ?? { atMs: 0, running: {} },
  }))
  running.hear(reports.flatMap(({ name, report }) => (name === worker ? [] : [report])))
  const gone = reports.filter(({ report }) => report.atMs < now() - sweepWorkersMs)
  if (gone.length > 0) await client.hdel(workersKey, ...gone.map(({ name }) => name))
}
