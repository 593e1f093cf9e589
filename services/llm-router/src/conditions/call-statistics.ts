import { z } from 'zod'
import { batchReplies } from './batch-replies.ts'
import {
  addCounts,
  type CallFigures,
  type CallSample,
  type Counts,
  fieldsOf,
  figuresOf,
  isInWindow,
  minuteOf,
  windowMinutes,
} from './call-window.ts'
import { Headroom } from './headroom.ts'
import { parseStored } from './parse-stored.ts'
import type { SharedRedis } from './shared-redis.ts'

// What workers count, each for itself, and add up in Redis once a second: how calls went, how many run,
// what is left of our limits. Whoever decides or shows reads the copy of this worker, a second old.
// Without Redis the copy holds what this worker counted.

export type CallStatistics = {
  /** An attempt left for its provider; call the result when it is back. */
  begin: (scope: string) => () => void
  add: (scope: string, sample: CallSample) => void
  see: (scope: string, headroom: Headroom) => void
  /** Of all workers, over the last minutes. */
  figures: (scope: string) => CallFigures
  headroom: (scope: string) => Headroom | null
  callsInFlight: (scope: string) => number
  scopes: () => readonly string[]
  stop: () => Promise<void>
}

const shareEveryMs = 1_000
/** A worker that did not say for this long what it runs is gone. */
const silenceMsMax = 5_000
const sweepWorkersMs = 60_000
/** Models are named by people, so their number has no bound of its own. */
const scopesMax = 256
const minutesKeptSeconds = (windowMinutes + 2) * 60

const scopesKey = 'llm:statistics'
const headroomKey = 'llm:headroom'
const workersKey = 'llm:workers'
const minuteKey = (scope: string, minute: number) => `llm:minute:${minute}:${scope}`

const WorkerReport = z.object({ atMs: z.number(), running: z.record(z.string(), z.number()) })
type WorkerReport = z.infer<typeof WorkerReport>

type Minutes = Map<number, Counts>

export const createCallStatistics = ({
  redis,
  worker,
  now = Date.now,
}: {
  redis: SharedRedis | null
  /** This life of this copy. */
  worker: string
  now?: () => number
}): CallStatistics => {
  const running = new Map<string, number>()
  /** Not yet in `minutes`, for where they are added up is Redis. */
  let pending = new Map<string, Minutes>()
  let minutes = new Map<string, Minutes>()
  const headrooms = new Map<string, Headroom>()
  const unsharedHeadrooms = new Set<string>()
  let others: readonly WorkerReport[] = []
  const cached = new Map<string, { untilMs: number; figures: CallFigures }>()

  const addTo = (all: Map<string, Minutes>, scope: string, minute: number, counts: Counts) => {
    if (all.size >= scopesMax && !all.has(scope)) return
    const known = all.get(scope) ?? new Map<number, Counts>()
    known.set(minute, addCounts(known.get(minute) ?? new Map(), counts))
    all.set(scope, known)
  }
  const forgetOld = () => {
    for (const [scope, known] of minutes) {
      for (const minute of known.keys()) if (!isInWindow(minute, now())) known.delete(minute)
      if (known.size === 0) minutes.delete(scope)
    }
  }

  const write = async (shared: SharedRedis, taken: Map<string, Minutes>) => {
    const report: WorkerReport = { atMs: now(), running: Object.fromEntries(running) }
    const told = [...unsharedHeadrooms]
    await shared.run(async (client) => {
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
      for (const scope of told) {
        const headroom = headrooms.get(scope)
        if (headroom !== undefined) batch.hset(headroomKey, scope, JSON.stringify(headroom))
      }
      batch.zremrangebyscore(scopesKey, '-inf', minuteOf(now()) - windowMinutes)
      batchReplies(await batch.exec())
    })
    for (const scope of told) unsharedHeadrooms.delete(scope)
  }

  const read = async (shared: SharedRedis) => {
    const present = minuteOf(now())
    await shared.run(async (client) => {
      const scopes = (await client.zrevrange(scopesKey, 0, scopesMax - 1)) ?? []
      // The present minute and the one before still grow; of older ones, those that this worker never read.
      const wanted = scopes.flatMap((scope) =>
        Array.from({ length: windowMinutes }, (_, back) => present - back)
          .filter((minute) => minute >= present - 1 || minutes.get(scope)?.has(minute) !== true)
          .map((minute) => ({ scope, minute })),
      )
      const batch = client.pipeline()
      for (const { scope, minute } of wanted) batch.hgetall(minuteKey(scope, minute))
      const replies = batchReplies(await batch.exec())
      for (const [index, { scope, minute }] of wanted.entries()) {
        const counts = new Map(
          Object.entries(CountFields.parse(replies[index] ?? {})).filter(([, count]) => count > 0),
        )
        const known: Minutes = minutes.get(scope) ?? new Map<number, Counts>()
        known.set(minute, counts)
        minutes.set(scope, known)
      }
      await readWorkers(client)
      const heard = await client.hgetall(headroomKey)
      for (const [scope, text] of Object.entries(heard)) {
        const headroom = parseStored(Headroom, text)
        if (headroom !== null && headroom.seenAtMs > (headrooms.get(scope)?.seenAtMs ?? 0))
          keepHeadroom(scope, headroom)
      }
    })
    cached.clear()
  }

  const readWorkers = async (client: {
    hgetall: (key: string) => Promise<Record<string, string>>
    hdel: (key: string, ...fields: string[]) => Promise<number>
  }) => {
    const reports = Object.entries(await client.hgetall(workersKey)).flatMap(([name, text]) => {
      const report = parseStored(WorkerReport, text)
      return [{ name, report: report ?? { atMs: 0, running: {} } }]
    })
    others = reports.flatMap(({ name, report }) =>
      name !== worker && report.atMs > now() - silenceMsMax ? [report] : [],
    )
    const gone = reports.filter(({ report }) => report.atMs < now() - sweepWorkersMs)
    if (gone.length > 0) await client.hdel(workersKey, ...gone.map(({ name }) => name))
  }

  const keepHeadroom = (scope: string, headroom: Headroom) => {
    if (headrooms.size >= scopesMax && !headrooms.has(scope)) return
    headrooms.set(scope, headroom)
  }

  let sharing: Promise<void> | null = null
  const shareOnce = async () => {
    forgetOld()
    const taken = pending
    pending = new Map()
    const keepOwn = () => {
      for (const [scope, known] of taken)
        for (const [minute, counts] of known) addTo(minutes, scope, minute, counts)
    }
    if (redis === null) {
      keepOwn()
      cached.clear()
      return
    }
    try {
      await write(redis, taken)
      await read(redis)
    } catch {
      // Redis is away, which is said where it is noticed. What was counted stays here; it may be there, too.
      keepOwn()
      others = []
    }
  }
  const share = () => {
    sharing ??= shareOnce().finally(() => {
      sharing = null
    })
    return sharing
  }
  const timer = setInterval(() => void share(), shareEveryMs)

  return {
    begin: (scope) => {
      running.set(scope, (running.get(scope) ?? 0) + 1)
      let isOver = false
      return () => {
        if (isOver) return
        isOver = true
        const left = (running.get(scope) ?? 1) - 1
        if (left === 0) running.delete(scope)
        else running.set(scope, left)
      }
    },
    add: (scope, sample) => {
      const counts = new Map(fieldsOf(sample).map((field) => [field, 1]))
      addTo(pending, scope, minuteOf(now()), counts)
    },
    see: (scope, headroom) => {
      keepHeadroom(scope, headroom)
      unsharedHeadrooms.add(scope)
    },
    figures: (scope) => {
      const known = cached.get(scope)
      if (known !== undefined && known.untilMs > now()) return known.figures
      const all = [minutes, pending].flatMap((source) =>
        [...(source.get(scope) ?? [])].flatMap(([minute, counts]) =>
          isInWindow(minute, now()) ? [counts] : [],
        ),
      )
      const figures = figuresOf(all.reduce(addCounts, new Map<string, number>()))
      cached.set(scope, { untilMs: now() + shareEveryMs, figures })
      return figures
    },
    headroom: (scope) => headrooms.get(scope) ?? null,
    callsInFlight: (scope) =>
      others.reduce((sum, report) => sum + (report.running[scope] ?? 0), running.get(scope) ?? 0),
    scopes: () => [...new Set([...minutes.keys(), ...pending.keys(), ...running.keys()])],
    stop: async () => {
      clearInterval(timer)
      await sharing
      // What it counted last would be missing in everybody's figures.
      await share()
    },
  }
}

const CountFields = z.record(z.string(), z.coerce.number()).catch({})
