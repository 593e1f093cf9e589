import type { ProviderName } from '@maestro/contracts/llm/chat'

/** Google counts its days in California. The others count the last 24 hours, and say how long to wait. */
const timeZones: Partial<Record<ProviderName, string>> = { gemini: 'America/Los_Angeles' }

/** When the provider's quota day ends; null: it has no day of its own. */
export const quotaDayEndMs = (provider: ProviderName, nowMs: number): number | null => {
  const timeZone = timeZones[provider]
  if (timeZone === undefined) return null
  const today = dateIn(timeZone, nowMs)
  // A day has 23 to 25 hours: its end is where the date changes, which halving finds to the millisecond.
  let before = nowMs
  let after = nowMs + 26 * 3_600_000
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2)
    if (dateIn(timeZone, middle) === today) before = middle
    else after = middle
  }
  return after
}

const dateIn = (timeZone: string, atMs: number): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone }).format(atMs)
