import { z } from 'zod'
import { CallId } from '../ids.ts'
import { NanoUsd } from '../money/nano-usd.ts'
import { Usage } from '../money/cost-of.ts'
import { CallDecision } from './call-decision.ts'
import { ProviderName } from './chat.ts'
import { KeyId } from './key-id.ts'

/** Why an attempt at a provider did not answer. What follows from each class: see `services/llm-router`. */
export const FailureClass = z.enum([
  'rate_limited',
  'overloaded',
  'timeout',
  'network',
  'auth',
  'not_found',
  'too_large',
  'invalid_request',
  'model_output',
  'content_blocked',
  'incomplete_stream',
  'cancelled',
  'budget',
  'deadline',
  'no_provider',
  'internal',
])
export type FailureClass = z.infer<typeof FailureClass>

/** One try at one model. `lost`: its worker died while it was in flight; it is settled at its estimate. */
export const AttemptFacts = z.object({
  attempt: z.int().positive(),
  provider: ProviderName,
  model: z.string(),
  /** Whose bill it is on; null where the provider asks for no key, left out in what was written before there were keys. */
  keyId: KeyId.nullable().optional(),
  outcome: z.enum(['answered', 'failed', 'lost', 'skipped']),
  failureClass: FailureClass.nullable(),
  /** One sentence for people; no prompt, no answer, no key. */
  reason: z.string().max(500),
  latencyMs: z.int().nonnegative(),
  costNanoUsd: NanoUsd,
  /** Of a failed one: content had come before, which is replaced by what comes next. */
  afterContent: z.boolean().optional(),
})
export type AttemptFacts = z.infer<typeof AttemptFacts>

/** What a finished call was: by whom, how long, how much. */
export const CallFacts = z.object({
  provider: ProviderName.nullable(),
  /** The model that answered, as the provider names it. */
  model: z.string().nullable(),
  usage: Usage,
  /** All attempts together, lost ones included. */
  costNanoUsd: NanoUsd,
  latencyMs: z.int().nonnegative(),
  firstTokenMs: z.int().nonnegative().nullable(),
  attempts: z.array(AttemptFacts).max(64),
  /** Answered with what another call had bought, or bought meanwhile. Left out: asked anew. */
  cached: z
    .object({
      callId: CallId,
      /** When that answer came. */
      at: z.iso.datetime(),
      /** What that call cost, and this one did not. */
      savedNanoUsd: NanoUsd,
    })
    .optional(),
  /** Which version of the recovery strategies decided what followed from its failures. */
  recoveryVersion: z.int().positive().optional(),
  /** Whom it was to ask, in which order and why. Left out where it was decided before decisions were written down, or nobody had to be asked. */
  decision: CallDecision.optional(),
})
export type CallFacts = z.infer<typeof CallFacts>
