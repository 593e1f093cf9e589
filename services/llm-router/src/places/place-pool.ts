import { createSignal } from '@maestro/service-kit/signal'
import type { SharedRedis } from '../conditions/shared-redis.ts'

// How many calls may run at one key or one provider at once, over all workers.
//
// A worker holds a number of places in Redis under its own name, with a lease. It gives them to its
// calls without asking anybody, takes more when it has none left, and gives back what it does not
// use. So a call costs no round trip as a rule; a worker that dies gives all its places back when its
// lease runs out, and no count can leak, because there is none that somebody has to take down. (A limit
// divided by the number of workers would be simpler, but a limit of 2 cannot be divided by 4, and a
// busy worker would wait for what an idle one does not need.)
// While Redis is away every worker has the whole limit for itself.

export type PlacePool = {
  /** A place, when this worker has one left. */
  tryTake: () => boolean
  /** Waits for one, at most this long. @returns whether it got one. */
  take: (signal: AbortSignal, waitMs: number) => Promise<boolean>
  free: () => void
  /** Whether there was none left when this worker last asked. */
  isFull: () => boolean
  /** Keeps the lease, and gives back what is too much. */
  sync: () => Promise<void>
}

export const placeLeaseMs = 6_000
/** How soon a worker that waits asks again. */
const askAgainMs = 50
/** One in so many of a limit a worker may hold in advance: enough to save round trips, too few to starve others. */
const reserveShare = 32

/** ARGV: whose, how many at most, the limit, the lease. The clock is that of Redis: leases of all workers run by the same one. */
const holdScript = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local others = 0
local held = redis.call('HGETALL', KEYS[1])
for i = 1, #held, 2 do
  if held[i] ~= ARGV[1] then
    local count, untilMs = string.match(held[i + 1], '^(%d+) (%d+)$')
    if count == nil or tonumber(untilMs) <= now then redis.call('HDEL', KEYS[1], held[i])
    else others = others + tonumber(count) end
  end
end
local granted = math.max(math.min(tonumber(ARGV[2]), tonumber(ARGV[3]) - others), 0)
if granted == 0 then redis.call('HDEL', KEYS[1], ARGV[1])
else
  redis.call('HSET', KEYS[1], ARGV[1], granted .. ' ' .. string.format('%d', now + ARGV[4]))
  redis.call('PEXPIRE', KEYS[1], ARGV[4] * 10)
end
return granted`

export const createPlacePool = ({
  redis,
  name,
  worker,
  callsMax,
}: {
  redis: SharedRedis | null
  /** Of what the places are. */
  name: string
  worker: string
  callsMax: number
}): PlacePool => {
  const reserve = Math.floor(callsMax / reserveShare)
  let held = redis === null ? callsMax : 0
  let used = 0
  let waiting = 0
  /** There were not as many as were wanted when this worker last asked. */
  let isShort = false
  const freed = createSignal()

  const hold = async () => {
    if (redis === null) return
    const wanted = Math.min(used + waiting + reserve, callsMax)
    try {
      const granted = await redis.run((client) =>
        client.eval(holdScript, 1, `llm:places:${name}`, worker, wanted, callsMax, placeLeaseMs),
      )
      held = Number(granted)
      isShort = held < used + waiting
    } catch {
      // Said where it is noticed.
      held = callsMax
      isShort = false
    }
  }
  let holding: Promise<void> | null = null
  const sync = () => {
    holding ??= hold().finally(() => {
      holding = null
    })
    return holding
  }
  const tryTake = () => {
    if (used >= held) return false
    used += 1
    return true
  }

  return {
    tryTake,
    take: async (signal, waitMs) => {
      if (tryTake()) return true
      const untilMs = performance.now() + waitMs
      waiting += 1
      try {
        for (;;) {
          // One that is under way may have been asked before this call was counted.
          await holding
          if (tryTake()) return true
          await sync()
          if (tryTake()) return true
          if (signal.aborted || performance.now() >= untilMs) return false
          await freed.wait(askAgainMs * (0.5 + Math.random()))
        }
      } finally {
        waiting -= 1
      }
    },
    free: () => {
      used -= 1
      freed.raise()
      // Others may wait for what this worker does not need; the reserve it keeps.
      if (waiting === 0 && held - used > reserve) void sync()
    },
    isFull: () => used >= held && isShort,
    sync,
  }
}
