import type { ErrorPattern } from '@maestro/contracts/llm/error-endpoints'

/** From one of these to the next it is a change, and no chance. */
const factor = 1.5

/** How often something happened lately, against the time before. */
export const trendOf = ({
  lately,
  before,
  total,
}: {
  lately: number
  /** In a time as long, before that. */
  before: number
  total: number
}): ErrorPattern['trend'] => {
  if (lately === 0) return 'quiet'
  if (lately === total) return 'new'
  if (lately > before * factor) return 'rising'
  return lately * factor < before ? 'falling' : 'steady'
}
