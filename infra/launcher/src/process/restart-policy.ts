const FIRST_DELAY_MS = 200
const DELAY_MS_MAX = 5_000
/** Who stays up this long has recovered: three times what any of ours needs to start. */
const STABLE_MS = 10_000
/** Deaths in a row before the very first readiness: more of the same will not help. */
const START_ATTEMPTS_MAX = 3
/** Deaths in a row later on: about a minute and a half of trying. */
const RESTARTS_MAX = 20

export type AfterDeath =
  | { readonly verdict: 'restart'; readonly delayMs: number; readonly deaths: number }
  | { readonly verdict: 'give up'; readonly deaths: number }

/** What to do about a process that died by itself. */
export const afterDeath = ({
  deaths,
  livedMs,
  wasEverReady,
}: {
  /** Deaths in a row before this one. */
  deaths: number
  livedMs: number
  wasEverReady: boolean
}): AfterDeath => {
  const count = livedMs >= STABLE_MS ? 1 : deaths + 1
  if (count >= (wasEverReady ? RESTARTS_MAX : START_ATTEMPTS_MAX)) {
    return { verdict: 'give up', deaths: count }
  }
  const delayMs = Math.min(DELAY_MS_MAX, FIRST_DELAY_MS * 2 ** (count - 1))
  return { verdict: 'restart', delayMs, deaths: count }
}
