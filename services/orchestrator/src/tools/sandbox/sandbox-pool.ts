import { AppError } from '@maestro/contracts/errors'
import { createSandboxThread, type SandboxThread, type ScriptRun } from './sandbox-thread.ts'
import type { ScriptLimits, ScriptOutcome } from './sandbox-messages.ts'

export type SandboxPool = {
  /** @throws {AppError} UNAVAILABLE when too many scripts wait already: ask again later. */
  run: (run: ScriptRun) => Promise<ScriptOutcome>
  /** Ends every thread; scripts that wait or run are refused. */
  close: () => Promise<void>
}

type Waiting = {
  run: ScriptRun
  resolve: (outcome: Promise<ScriptOutcome>) => void
  reject: (reason: unknown) => void
}

const defaultLimits: ScriptLimits = {
  computeMsMax: 5_000,
  // In characters; the tool bounds its whole answer in bytes.
  resultCharactersMax: 256 * 1024,
  logCharactersMax: 16 * 1024,
  logLinesMax: 200,
}

/** A few threads that run scripts, started when they are needed and ended when they are not. */
export const createSandboxPool = ({
  threadsMax = 2,
  queueMax = 64,
  idleMs = 60_000,
  wallMsMax = 20_000,
  limits = defaultLimits,
}: {
  /** Scripts are pure computing: more threads than processors only take memory. */
  threadsMax?: number
  queueMax?: number
  /** A thread holds about 30 MiB, too much for nothing. */
  idleMs?: number
  wallMsMax?: number
  limits?: ScriptLimits
} = {}): SandboxPool => {
  const queue: Waiting[] = []
  const idle = new Map<SandboxThread, NodeJS.Timeout>()
  const busy = new Set<SandboxThread>()
  let closed = false

  const restOf = (thread: SandboxThread): void => {
    busy.delete(thread)
    if (!thread.isUsable() || closed) {
      void thread.end()
      return
    }
    const timer = setTimeout(() => {
      idle.delete(thread)
      void thread.end()
    }, idleMs)
    timer.unref()
    idle.set(thread, timer)
  }

  const takeThread = (): SandboxThread | null => {
    for (const [thread, timer] of idle) {
      clearTimeout(timer)
      idle.delete(thread)
      if (thread.isUsable()) return thread
    }
    return busy.size < threadsMax ? createSandboxThread({ limits, wallMsMax }) : null
  }

  const runOn = async (thread: SandboxThread, run: ScriptRun): Promise<ScriptOutcome> => {
    busy.add(thread)
    try {
      return await thread.run(run)
    } finally {
      restOf(thread)
      startNext()
    }
  }

  const startNext = (): void => {
    while (queue.length > 0) {
      const thread = takeThread()
      if (thread === null) return
      const next = queue.shift()
      if (next === undefined) return
      next.resolve(runOn(thread, next.run))
    }
  }

  return {
    run: async (run) => {
      run.signal.throwIfAborted()
      if (closed) throw new AppError('UNAVAILABLE', { part: 'sandbox', reason: 'closed' })
      if (queue.length >= queueMax) {
        throw new AppError('UNAVAILABLE', { part: 'sandbox', reason: 'queue full', queueMax })
      }
      const { promise, resolve, reject } = Promise.withResolvers<ScriptOutcome>()
      const waiting: Waiting = { run, resolve, reject }
      const onAbort = () => {
        const at = queue.indexOf(waiting)
        if (at < 0) return
        queue.splice(at, 1)
        reject(run.signal.reason)
      }
      run.signal.addEventListener('abort', onAbort, { once: true })
      queue.push(waiting)
      startNext()
      try {
        return await promise
      } finally {
        run.signal.removeEventListener('abort', onAbort)
      }
    },
    close: async () => {
      closed = true
      const reason = new AppError('UNAVAILABLE', { part: 'sandbox', reason: 'closed' })
      for (const { reject } of queue.splice(0)) reject(reason)
      const threads = [...idle.keys(), ...busy]
      for (const timer of idle.values()) clearTimeout(timer)
      idle.clear()
      await Promise.all(threads.map((thread) => thread.end()))
    },
  }
}
