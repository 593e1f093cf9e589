import type { IncomingHttpHeaders } from 'node:http'

/** True when the page that asks is ours: it came from this very address, or from one that is configured. Programs send no Origin. */
export type IsOurOrigin = (headers: IncomingHttpHeaders) => boolean

export const createOriginCheck = (origins: readonly string[]): IsOurOrigin => {
  const allowed = new Set(origins)
  return ({ origin, host }) => {
    if (origin === undefined || allowed.has(origin)) return true
    return URL.canParse(origin) && new URL(origin).host === host
  }
}
