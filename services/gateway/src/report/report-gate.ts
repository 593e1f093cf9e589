import { AppError } from '@maestro/contracts/errors'

/**
 * Makes a report when its turn comes. `work` is told when nobody wants it any more, and ends then.
 * `closing`: who asked went away.
 * @throws {AppError} `UNAVAILABLE` when too many are asked for, or nobody waits for it; `TIMEOUT`.
 */
export type ReportGate = <Made>(
  work: (signal: AbortSignal) => Promise<Made>,
  closing: AbortSignal,
) => Promise<Made>

/** A few reports at once, a few that wait, and the time that one may take, its waiting counted. */
export const createReportGate = ({
  what,
  atOnceMax,
  waitingMax,
  limitMs,
}: {
  what: string
  atOnceMax: number
  waitingMax: number
  limitMs: number
}): ReportGate => {
  let running = 0
  /** In the order in which they came. */
  const waiting = new Set<() => void>()

  const enter = async (signal: AbortSignal) => {
    signal.throwIfAborted()
    if (running < atOnceMax) {
      running += 1
      return
    }
    if (waiting.size >= waitingMax) {
      throw new AppError('UNAVAILABLE', { reason: `too many ${what} at once`, waitingMax })
    }
    await new Promise<void>((resolve, reject) => {
      const begin = () => {
        signal.removeEventListener('abort', giveUp)
        resolve()
      }
      const giveUp = () => {
        waiting.delete(begin)
        reject(signal.reason as Error)
      }
      waiting.add(begin)
      signal.addEventListener('abort', giveUp, { once: true })
    })
  }
  /** A place is handed on, not given back, while somebody waits for it. */
  const leave = () => {
    const [next] = waiting
    if (next === undefined) {
      running -= 1
      return
    }
    waiting.delete(next)
    next()
  }

  return async (work, closing) => {
    const ending = new AbortController()
    const timer = setTimeout(
      () => ending.abort(new AppError('TIMEOUT', { reason: `${what} take too long`, limitMs })),
      limitMs,
    )
    const leaveUnread = () =>
      ending.abort(new AppError('UNAVAILABLE', { reason: 'nobody waits for it any more' }))
    if (closing.aborted) leaveUnread()
    else closing.addEventListener('abort', leaveUnread, { once: true })
    try {
      await enter(ending.signal)
      try {
        return await work(ending.signal)
      } finally {
        leave()
      }
    } finally {
      clearTimeout(timer)
      closing.removeEventListener('abort', leaveUnread)
    }
  }
}
