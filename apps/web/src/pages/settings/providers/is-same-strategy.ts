import type { SystemStrategy } from '@maestro/contracts/llm/call-strategy'

/** Whether there is anything to save. */
export const isSameStrategy = (one: SystemStrategy, other: SystemStrategy): boolean =>
  one.prefer === other.prefer &&
  one.providers.join() === other.providers.join() &&
  JSON.stringify(one.models) === JSON.stringify(other.models)
