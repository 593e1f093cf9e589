import { AppError } from '@maestro/contracts/errors'
import { LRUCache } from 'lru-cache'

const windowMs = 60_000
const addressesMax = 10_000

/** Counts failed sign-ins of an address, so that a token cannot be guessed by trying. */
export type AttemptLimit = {
  /** @throws {AppError} `RATE_LIMITED` when this address has failed too often within a minute. */
  check: (address: string) => void
  failed: (address: string) => void
}

export const createAttemptLimit = ({ failuresMax }: { failuresMax: number }): AttemptLimit => {
  const failures = new LRUCache<string, { count: number }>({ max: addressesMax, ttl: windowMs })
  return {
    check: (address) => {
      if ((failures.get(address)?.count ?? 0) < failuresMax) return
      throw new AppError('RATE_LIMITED', { retryAfterMs: failures.getRemainingTTL(address) })
    },
    failed: (address) => {
      const known = failures.get(address)
      // The window starts with the first failure and is not extended by later ones.
      if (known) known.count += 1
      else failures.set(address, { count: 1 })
    },
  }
}
