import { z } from 'zod'
import { endpoint } from '../endpoint.ts'
import { TaskId } from '../ids.ts'
import { filterCharactersMax } from './search-filter.ts'

const service = 'timeline' as const

/** What events are told apart by: names of filters. */
export const historyFacets = ['kind', 'type', 'actor', 'task', 'step', 'agent'] as const

/** Streams: tasks, and the facts of everything else. */
export const HistoryKind = z.enum(['task', 'budget', 'queue', 'provider', 'template', 'system'])
export type HistoryKind = z.infer<typeof HistoryKind>

export const FacetValue = z.string().trim().min(1).max(250).nullable()

export const HistoryLine = z.object({
  kind: HistoryKind,
  /** A task's id, or `<kind>.<id>`. */
  subject: z.string(),
  seq: z.int().positive(),
  taskId: TaskId.nullable(),
  /** Its type without `maestro.`. */
  type: z.string(),
  at: z.iso.datetime(),
  actor: z.string().nullable(),
  stepId: z.string().nullable(),
  /** Whose step it is, by the plan that stood then. */
  agent: z.string().nullable(),
  /** The beginning of its words. */
  text: z.string(),
})
export type HistoryLine = z.infer<typeof HistoryLine>

/** What retention has removed of a kind; it is found no more. */
export const PrunedKind = z.object({
  kind: HistoryKind,
  /** Older than this nothing is here; of tasks, those that had ended before. */
  before: z.iso.datetime(),
  events: z.int().nonnegative(),
})

export const searchHistory = endpoint({
  service,
  name: 'searchHistory',
  summary: 'Events of all streams, the newest first: by words, facets and time.',
  input: z.object({
    /** Words, `word*`, `"a phrase"`, `name:value`; `-` excludes. See `historyFacets` for the names. */
    q: z.string().max(filterCharactersMax),
    kind: HistoryKind.nullable(),
    type: FacetValue,
    actor: FacetValue,
    task: FacetValue,
    step: FacetValue,
    agent: FacetValue,
    from: z.iso.datetime({ offset: true }).nullable(),
    /** Not included. */
    to: z.iso.datetime({ offset: true }).nullable(),
    cursor: z.string().max(600).nullable(),
    limit: z.int().min(1).max(200),
  }),
  output: z.object({
    items: z.array(HistoryLine),
    nextCursor: z.string().nullable(),
    pruned: z.array(PrunedKind),
  }),
  errors: ['INVALID_INPUT'],
  timeoutMs: 10_000,
})
