/** A step as it went: ready at `fromMs`, ended at `toMs`. */
export type Leg = { id: string; needs: readonly string[]; fromMs: number; toMs: number }

export type CriticalPath = {
  /** What the end waited for, in its order. */
  path: readonly string[]
  /** How much later each could have ended without the whole ending later. */
  slackMs: ReadonlyMap<string, number>
}

/** Follows the end back to the beginning, over what each waited for last. Needs that are no leg, or that form a circle, hold nothing up. */
export const criticalPathOf = (legs: readonly Leg[]): CriticalPath => {
  const byId = new Map(legs.map((leg) => [leg.id, leg]))
  const last = latest(legs)
  if (!last) return { path: [], slackMs: new Map() }

  const path: string[] = []
  for (let leg: Leg | null = last; leg && !path.includes(leg.id);) {
    path.push(leg.id)
    leg = latest(leg.needs.flatMap((need) => byId.get(need) ?? []))
  }
  return { path: path.toReversed(), slackMs: slackOf(legs, last.toMs) }
}

const latest = (legs: readonly Leg[]): Leg | null =>
  legs.reduce<Leg | null>((best, leg) => (best && best.toMs >= leg.toMs ? best : leg), null)

/** What needs it could have begun when the last of its needs had ended: until then, each of them had time. */
const slackOf = (legs: readonly Leg[], endMs: number): Map<string, number> => {
  const byId = new Map(legs.map((leg) => [leg.id, leg]))
  const after = new Map<string, { id: string; readyMs: number }[]>()
  for (const { id, needs } of legs) {
    const known = needs.flatMap((need) => byId.get(need) ?? [])
    const readyMs = Math.max(...known.map(({ toMs }) => toMs))
    for (const need of known) {
      const waiting = after.get(need.id) ?? []
      waiting.push({ id, readyMs })
      after.set(need.id, waiting)
    }
  }
  const slackMs = new Map<string, number>()
  // Whoever ends later is settled first: a step ends before what needs it.
  const latestFirst = legs.toSorted(
    (one, other) => other.toMs - one.toMs || other.fromMs - one.fromMs,
  )
  for (const { id, toMs } of latestFirst) {
    const times = (after.get(id) ?? []).flatMap((next) => {
      const slack = slackMs.get(next.id)
      return slack === undefined ? [] : [slack + next.readyMs - toMs]
    })
    slackMs.set(id, times.length > 0 ? Math.min(...times) : endMs - toMs)
  }
  return slackMs
}
