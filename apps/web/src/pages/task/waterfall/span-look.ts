import type { TimeParts } from '@maestro/contracts/timeline/analytics-endpoints'
import type { Piece } from '@maestro/task-model/time/divide-time'

/** How a piece of time reads; its pattern is in `waterfall.css`, by its kind: never by colour alone. */
export const pieceLabels: Record<Piece['kind'], string> = {
  model: 'model',
  tool: 'tool',
  flight: 'call without an answer yet',
  person: 'waiting for a person',
  backoff: 'waiting to try again',
  queue: 'queue',
  other: 'other',
}

/** The parts of the legend, the most telling first. */
export const legend: readonly { part: keyof TimeParts; kind: Piece['kind'] }[] = [
  { part: 'modelMs', kind: 'model' },
  { part: 'toolMs', kind: 'tool' },
  { part: 'queueMs', kind: 'queue' },
  { part: 'personMs', kind: 'person' },
  { part: 'backoffMs', kind: 'backoff' },
  { part: 'otherMs', kind: 'other' },
]
