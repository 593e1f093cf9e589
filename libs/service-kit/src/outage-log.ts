import type { Logger } from './logger.ts'

/** Seldom enough that the outage of a night leaves a log that can be read, often enough that its end is news. */
const sayEveryMs = 10_000

/** What cannot be done at the moment, since when, and what was said of it last. */
export type Outage = { readonly away: string; readonly since: number; readonly error: unknown }

/**
 * Says that something is away: at the beginning, every ten seconds while it lasts, and at the end, however
 * often it is tried meanwhile. What comes and goes is said no more often than what stays away.
 */
export type OutageLog = {
  /** It was tried and failed, be it the first time or once more. */
  failed: (error: unknown, fields?: Readonly<Record<string, unknown>>) => void
  /** It was tried and went well. Costs nothing while nothing is wrong. */
  worked: () => void
  /** It is not tried here any more: nothing is known of it. */
  forget: () => void
  current: () => Outage | null
}

export const createOutageLog = ({
  log,
  away,
  back,
  fields: own = {},
  now = Date.now,
}: {
  log: Logger
  /** The line at the beginning and while it lasts: what does not go on, and what becomes of it. */
  away: string
  /** The line at the end. */
  back: string
  fields?: Readonly<Record<string, unknown>>
  now?: () => number
}): OutageLog => {
  let outage: { since: number; failures: number; isSaid: boolean; error: unknown } | null = null
  let quietUntil = 0
  return {
    failed: (error, fields) => {
      const at = now()
      outage ??= { since: at, failures: 0, isSaid: false, error }
      outage.failures += 1
      outage.error = error
      if (at < quietUntil) return
      quietUntil = at + sayEveryMs
      outage.isSaid = true
      const { since, failures } = outage
      log.warn({ ...own, ...fields, err: error, lastsMs: at - since, failures }, away)
    },
    worked: () => {
      if (outage === null) return
      const { since, failures, isSaid } = outage
      outage = null
      if (isSaid) log.info({ ...own, lastedMs: now() - since, failures }, back)
    },
    forget: () => {
      outage = null
    },
    current: () => outage && { away, since: outage.since, error: outage.error },
  }
}
