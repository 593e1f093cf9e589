import { setTimeout as pause } from 'node:timers/promises'

/** Asks every few milliseconds, up to a bound. Says whether it came true in time. */
export const waitUntil = async (
  condition: () => boolean | Promise<boolean>,
  { timeoutMs, everyMs = 20 }: { timeoutMs: number; everyMs?: number },
): Promise<boolean> => {
  const deadline = performance.now() + timeoutMs
  for (;;) {
    if (await condition()) return true
    if (performance.now() >= deadline) return false
    await pause(everyMs)
  }
}
