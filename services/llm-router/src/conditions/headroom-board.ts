import type { Headroom } from './headroom.ts'
import { scopesMax } from './minute-counts.ts'

/** What is left of our limits, as it was seen last. */
export type HeadroomBoard = {
  of: (scope: string) => Headroom | null
  /** Seen by this worker: the others do not know it yet. */
  see: (scope: string, headroom: Headroom) => void
  /** Seen by another worker; what is older than what is known is passed over. */
  hear: (scope: string, headroom: Headroom) => void
  untold: () => readonly { scope: string; headroom: Headroom }[]
  told: (scopes: readonly string[]) => void
}

export const createHeadroomBoard = (): HeadroomBoard => {
  const known = new Map<string, Headroom>()
  const untold = new Set<string>()
  /** @returns whether there was room for it. */
  const keep = (scope: string, headroom: Headroom): boolean => {
    if (known.size >= scopesMax && !known.has(scope)) return false
    known.set(scope, headroom)
    return true
  }
  return {
    of: (scope) => known.get(scope) ?? null,
    see: (scope, headroom) => {
      if (keep(scope, headroom)) untold.add(scope)
    },
    hear: (scope, headroom) => {
      if (headroom.seenAtMs > (known.get(scope)?.seenAtMs ?? 0)) keep(scope, headroom)
    },
    untold: () =>
      [...untold].flatMap((scope) => {
        const headroom = known.get(scope)
        return headroom === undefined ? [] : [{ scope, headroom }]
      }),
    told: (scopes) => {
      for (const scope of scopes) untold.delete(scope)
    },
  }
}
