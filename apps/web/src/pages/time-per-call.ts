import type { CallFigures } from '@maestro/contracts/timeline/analytics-endpoints'
import { formatDuration } from '../ui/format-time.ts'

/** How long an answer took at the mean; of no calls there is none. */
export const timePerCall = ({
  calls,
  latencyMs,
}: Pick<CallFigures, 'calls' | 'latencyMs'>): string =>
  calls === 0 ? '–' : formatDuration(latencyMs / calls)
