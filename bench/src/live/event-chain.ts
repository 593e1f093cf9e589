import type { CloudEvent } from '@maestro/contracts/bus/cloud-event'
import { createHash } from 'node:crypto'

/** One hash over events in their order: equal on both sides only when every event is there, once, and the same. */
export const eventChain = () => {
  const hash = createHash('sha256')
  return {
    add: (event: CloudEvent): void => void hash.update(`${JSON.stringify(sorted(event))}\n`),
    digest: (): string => hash.copy().digest('hex'),
  }
}

/** The order of keys says nothing in JSON. */
const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted)
  if (value === null || typeof value !== 'object') return value
  const entries = Object.entries(value).map(([key, inner]) => [key, sorted(inner)] as const)
  return Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)))
}
