import type { TimeParts } from '@maestro/contracts/timeline/analytics-endpoints'
import { formatDuration } from '../../../ui/format-time.ts'
import { legend, pieceLabels } from './span-look.ts'

/** What a stretch of time was for: "model 12.0 s", "waiting for a person 11 m 0 s". */
export const timeWords = (time: TimeParts): readonly string[] =>
  legend.flatMap(({ part, kind }) =>
    time[part] > 0 ? [`${pieceLabels[kind]} ${formatDuration(time[part])}`] : [],
  )
