import { onTestFinished } from 'vitest'
import { openTestSystem } from './open-test-system.ts'

const waitMsMax = 50_000

/** Resolves when `look` gives a value. @throws {Error} when it does not in time. */
export const eventually = async <T>(
  what: string,
  look: () => T | undefined | Promise<T | undefined>,
): Promise<T> => {
  const untilMs = performance.now() + waitMsMax
  for (;;) {
    const found = await look()
    if (found !== undefined) return found
    if (performance.now() > untilMs) throw new Error(`in vain: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

/** @see openTestSystem. A worker that outlived its test would answer the calls of the next one. */
export const startTestSystem = () => openTestSystem({ onWorker: onTestFinished })

export type TestSystem = Awaited<ReturnType<typeof startTestSystem>>
