import { z } from 'zod'
import { endpoint } from '../endpoint.ts'
import { TaskId } from '../ids.ts'
import { LogLevel } from '../log/log-level.ts'
import { FacetValue, searchHistory } from './history-endpoints.ts'

const service = 'timeline' as const
const wish = searchHistory.input.shape

/** What lines are told apart by: names of filters. */
export const logFacets = [
  'level',
  'service',
  'copy',
  'task',
  'agent',
  'step',
  'call',
  'tool',
  'provider',
  'request',
  'trace',
] as const
export type LogFacet = (typeof logFacets)[number]

export const LogLine = z.object({
  /** `<process>:<number among its lines>` */
  id: z.string(),
  at: z.iso.datetime(),
  level: LogLevel,
  service: z.string(),
  copy: z.string(),
  message: z.string(),
  taskId: TaskId.nullable(),
  stepId: z.string().nullable(),
  /** Whose step it is, by the plan that stood then. */
  agent: z.string().nullable(),
  callId: z.string().nullable(),
  traceId: z.string().nullable(),
  /** What else the line says, such as its error. */
  fields: z.record(z.string(), z.unknown()),
})
export type LogLine = z.infer<typeof LogLine>

export const searchLogs = endpoint({
  service,
  name: 'searchLogs',
  summary: 'Lines of the logs of all services, the newest first: by words, facets and time.',
  input: z.object({
    /** Words, `word*`, `"a phrase"`, `name:value`; `-` excludes. See `logFacets` for the names. */
    q: wish.q,
    /** This one and those above it. */
    level: LogLevel.nullable(),
    service: FacetValue,
    task: FacetValue,
    agent: FacetValue,
    step: FacetValue,
    from: wish.from,
    to: wish.to,
    cursor: wish.cursor,
    limit: wish.limit,
  }),
  output: z.object({
    items: z.array(LogLine),
    nextCursor: z.string().nullable(),
    /** What retention has removed; null: nothing yet. */
    pruned: z
      .object({
        /** Older than this nothing is here. */
        before: z.iso.datetime(),
        lines: z.int().nonnegative(),
      })
      .nullable(),
  }),
  errors: ['INVALID_INPUT'],
  timeoutMs: 10_000,
})
