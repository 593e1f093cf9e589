import { z } from 'zod'
import { endpoint } from '../endpoint.ts'
import { CallId, TaskId } from '../ids.ts'
import { CallPurpose } from '../llm/call-work.ts'
import { ProviderName } from '../llm/chat.ts'
import { NanoUsd } from '../money/nano-usd.ts'
import { BudgetId, TimeZone } from './budget.ts'
import { PeriodEnd } from './cost-endpoints.ts'

/** Something that would save money, from what was really used. */
export const Suggestion = z.object({
  /** The cache for what is asked again; a cheaper model; a prompt that repeats; a budget that bounds nothing. */
  kind: z.enum(['cache', 'model', 'prompt', 'budget']),
  what: z.string(),
  /** With the figures. */
  why: z.string(),
  /** Over the period. */
  savingNanoUsd: NanoUsd,
  /** How the saving was computed. */
  how: z.string(),
  /** Where to look. */
  target: z.object({
    purpose: CallPurpose.nullable(),
    provider: ProviderName.nullable(),
    model: z.string().nullable(),
    budgetId: BudgetId.nullable(),
    callIds: z.array(CallId),
    taskIds: z.array(TaskId),
  }),
})
export type Suggestion = z.infer<typeof Suggestion>

export const listSuggestions = endpoint({
  service: 'budget',
  name: 'listSuggestions',
  summary: 'What would save money, by what was used in a period; the largest saving first.',
  input: z.object({
    /** Null: 30 days before the end. */
    from: PeriodEnd.nullable(),
    /** Null: now. */
    to: PeriodEnd.nullable(),
    timeZone: TimeZone,
  }),
  output: z.object({
    from: z.iso.datetime(),
    to: z.iso.datetime(),
    /** Calls that were looked at: the newest of the period. */
    calls: z.int().nonnegative(),
    /** When the oldest of them started: savings are those since then. Null: there were none. */
    callsSince: z.iso.datetime().nullable(),
    items: z.array(Suggestion),
  }),
  errors: [],
  timeoutMs: 10_000,
})
export type SuggestionQuery = z.infer<typeof listSuggestions.input>
export type SuggestionList = z.infer<typeof listSuggestions.output>
