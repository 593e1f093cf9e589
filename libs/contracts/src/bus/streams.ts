import type { workPriorities } from './subjects.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs

export type StreamDefinition = {
  readonly name: 'EVENTS' | 'LLM_WORK' | 'LIVE' | 'LOGS'
  readonly subjects: readonly string[]
  readonly storage: 'file' | 'memory'
  readonly retention: 'limits' | 'workqueue'
  readonly ageMsMax: number
  readonly bytesMax: number
  readonly duplicateWindowMs: number
}

/** The streams of the bus. Any service may make sure that they stand; all of them work on nats-server 2.10. */
export const streams = {
  /** Facts, kept as long as an outside program may be away. The tables refill it when it is lost (I3). */
  events: {
    name: 'EVENTS',
    subjects: ['maestro.event.>', 'maestro.headline.*'],
    storage: 'file',
    retention: 'limits',
    ageMsMax: 30 * dayMs,
    bytesMax: 2 * 1024 ** 3,
    duplicateWindowMs: 2 * minuteMs,
  },
  /** Model calls that wait for a router worker. A day: longer than any call's deadline. */
  llmWork: {
    name: 'LLM_WORK',
    subjects: ['maestro.work.llm.*'],
    storage: 'file',
    retention: 'workqueue',
    ageMsMax: dayMs,
    bytesMax: 256 * 1024 ** 2,
    duplicateWindowMs: 2 * minuteMs,
  },
  /** Token deltas, for viewers who come late to a running call. */
  live: {
    name: 'LIVE',
    subjects: ['maestro.live.>'],
    storage: 'memory',
    retention: 'limits',
    ageMsMax: 10 * minuteMs,
    bytesMax: 64 * 1024 ** 2,
    duplicateWindowMs: 2 * minuteMs,
  },
  /** What the services say of themselves, until the timeline has taken it: as long as a repair of it may take. */
  logs: {
    name: 'LOGS',
    subjects: ['maestro.log.*'],
    storage: 'file',
    retention: 'limits',
    ageMsMax: 6 * hourMs,
    bytesMax: 128 * 1024 ** 2,
    duplicateWindowMs: 2 * minuteMs,
  },
} as const satisfies Record<string, StreamDefinition>

/** Durable consumer of router workers, one per priority. */
export const llmWorkConsumer = (priority: (typeof workPriorities)[number]) =>
  `llm-router-${priority}` as const
