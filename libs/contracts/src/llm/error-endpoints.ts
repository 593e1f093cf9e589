import { z } from 'zod'
import { endpoint } from '../endpoint.ts'
import { CallId, StepId, TaskId } from '../ids.ts'
import { FailureClass } from './call-facts.ts'
import { CallPurpose } from './call-work.ts'
import { ProviderName } from './chat.ts'
import { KeyId } from './key-id.ts'

/** `lost`: the worker that asked ended before the answer came. */
export const ReportedClass = z.enum([...FailureClass.options, 'lost'])
export type ReportedClass = z.infer<typeof ReportedClass>

/** Same class, provider, model, status and words, numbers and names left out: 16 hexadecimal digits. */
const PatternId = z.string().regex(/^[0-9a-f]{16}$/)

const cause = {
  failureClass: ReportedClass,
  /** Null: the call as a whole, after everybody was asked. */
  provider: ProviderName.nullable(),
  model: z.string().nullable(),
  /** The status that the provider answered with; null when it did not get so far. */
  status: z.int().nullable(),
  /** The provider's own word for it. */
  code: z.string().nullable(),
  /** For people; no prompt, no answer, no key. */
  message: z.string(),
  /** What to do about it. */
  suggestion: z.string(),
}

/** One failed attempt, or one failed call, with what is needed to look into it. */
export const ErrorReport = z.object({
  reportId: z.string(),
  at: z.iso.datetime(),
  pattern: PatternId,
  ...cause,
  keyId: KeyId.nullable(),
  /** Under which the provider knows the request. */
  requestId: z.string().nullable(),
  callId: CallId,
  /** Null: the call as a whole. */
  attempt: z.int().positive().nullable(),
  taskId: TaskId,
  stepId: StepId.nullable(),
  purpose: CallPurpose,
  elapsedMs: z.int().nonnegative(),
  /** Which of our waits was too long. */
  timeoutKind: z.enum(['headers', 'first_token', 'idle', 'whole_answer']).nullable(),
  /** How long the provider asked to wait. */
  retryAfterMs: z.number().nullable(),
  /** Whether content had come before. */
  afterContent: z.boolean(),
})
export type ErrorReport = z.infer<typeof ErrorReport>

/** What fails again and again in the same way. */
export const ErrorPattern = z.object({
  pattern: PatternId,
  ...cause,
  count: z.int().positive(),
  firstAt: z.iso.datetime(),
  lastAt: z.iso.datetime(),
  tasks: z.int().positive(),
  /** Some of them. */
  taskIds: z.array(TaskId).max(20),
  /** The last hour against the hour before. */
  trend: z.enum(['new', 'rising', 'steady', 'falling', 'quiet']),
})
export type ErrorPattern = z.infer<typeof ErrorPattern>

const page = {
  /** Of the page before; null: the newest. */
  cursor: z
    .string()
    .regex(/^\d{1,18}$/)
    .nullable(),
  limit: z.int().min(1).max(200),
}

export const listErrors = endpoint({
  service: 'llm-router',
  name: 'listErrors',
  summary: 'What failed at providers, the newest first: 14 days, at most the last 100,000.',
  input: z.object({
    provider: ProviderName.nullable(),
    failureClass: ReportedClass.nullable(),
    taskId: TaskId.nullable(),
    pattern: PatternId.nullable(),
    ...page,
  }),
  output: z.object({ items: z.array(ErrorReport), nextCursor: z.string().nullable() }),
  errors: [],
  timeoutMs: 5_000,
})

export const listErrorPatterns = endpoint({
  service: 'llm-router',
  name: 'listErrorPatterns',
  summary: 'What fails again and again in the same way, the most recent first.',
  input: z.object(page),
  output: z.object({ items: z.array(ErrorPattern), nextCursor: z.string().nullable() }),
  errors: [],
  timeoutMs: 10_000,
})
