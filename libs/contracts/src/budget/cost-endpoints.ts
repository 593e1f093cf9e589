import { z } from 'zod'
import { endpoint } from '../endpoint.ts'
import { AgentId, TaskId, UserId } from '../ids.ts'
import { CallPurpose } from '../llm/call-work.ts'
import { ProviderName } from '../llm/chat.ts'
import { NanoUsd } from '../money/nano-usd.ts'
import { TimeZone } from './budget.ts'

/** What costs are told apart by. `purpose` is the operation; a `day` is one of the time zone that is named. */
export const CostKey = z.enum([
  'provider',
  'model',
  'agentId',
  'taskId',
  'userId',
  'purpose',
  'day',
])
export type CostKey = z.infer<typeof CostKey>

/** By more than two, a table is no summary any more. */
const keysMax = 2

/** A moment, or a day: then its first moment in the time zone that is named. */
export const PeriodEnd = z.union([z.iso.datetime({ offset: true }), z.iso.date()], {
  error: 'name a day as in 2026-11-30, or a moment as in 2026-11-30T12:00:00Z',
})

/** From a moment on until another, the end not included. */
const Period = z.object({ from: z.iso.datetime(), to: z.iso.datetime() })

/** Postgres takes no zero bytes in a text, and no name of ours has one. */
const withoutZeroBytes = (text: string) => !text.includes('\0')
const zeroByteError = 'no name has a zero byte'

export const CostGrouping = z
  .array(CostKey)
  .min(1)
  .max(keysMax)
  .refine((keys) => new Set(keys).size === keys.length, 'each key once')

/** What the ledger says of the attempts that were reserved in a period. */
export const CostFigures = z.object({
  costNanoUsd: NanoUsd,
  /** What of it is no more than an estimate, because nobody knows what these attempts used. */
  estimatedNanoUsd: NanoUsd,
  /** As they were booked, in and out; of an estimate what was held. */
  tokens: z.int().nonnegative(),
  /** As providers counted them, where they did. */
  inputTokens: z.int().nonnegative(),
  cachedInputTokens: z.int().nonnegative(),
  outputTokens: z.int().nonnegative(),
  /** Those that were booked, each once. A call has one, and one more each time that a failed one cost something. */
  attempts: z.int().nonnegative(),
})
export type CostFigures = z.infer<typeof CostFigures>

/** Only what was grouped by is there. */
export const CostLine = CostFigures.extend({
  provider: ProviderName.optional(),
  model: z.string().optional(),
  /** Null: nobody's agent, while a plan was drafted. */
  agentId: AgentId.nullable().optional(),
  taskId: TaskId.optional(),
  userId: UserId.optional(),
  purpose: CallPurpose.optional(),
  day: z.iso.date().optional(),
})
export type CostLine = z.infer<typeof CostLine>

/** Lines of one page; with them one answer stays far below a message of the bus. */
export const costLinesMax = 1_000

export const listCosts = endpoint({
  service: 'budget',
  name: 'listCosts',
  summary: 'What was spent in a period by the ledger, grouped by one or two keys.',
  input: z.object({
    /** Null: 30 days before the end. */
    from: PeriodEnd.nullable(),
    /** Null: now. */
    to: PeriodEnd.nullable(),
    timeZone: TimeZone,
    by: CostGrouping,
    /** Only what is of these; null: of all. */
    provider: ProviderName.nullable(),
    model: z.string().max(120).refine(withoutZeroBytes, zeroByteError).nullable(),
    agentId: AgentId.nullable(),
    taskId: TaskId.nullable(),
    userId: UserId.refine(withoutZeroBytes, zeroByteError).nullable(),
    purpose: CallPurpose.nullable(),
    /** By the keys, or the dearest first. */
    order: z.enum(['key', 'cost']),
    /** The `nextCursor` of the page before. */
    cursor: z.string().max(1_000).nullable(),
    limit: z.int().min(1).max(costLinesMax),
  }),
  output: Period.extend({
    items: z.array(CostLine),
    nextCursor: z.string().nullable(),
    /** Of all lines, also of those on other pages. */
    total: CostFigures.extend({ lines: z.int().nonnegative() }),
  }),
  errors: [],
  timeoutMs: 10_000,
})
export type CostQuery = z.infer<typeof listCosts.input>
export type CostPage = z.infer<typeof listCosts.output>
