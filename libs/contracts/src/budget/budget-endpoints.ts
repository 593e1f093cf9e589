import { z } from 'zod'
import { PriceOrigin } from './price-endpoints.ts'
import { endpoint } from '../endpoint.ts'
import { AgentId, CallId, StepId, TaskId, UserId } from '../ids.ts'
import { CallPurpose } from '../llm/call-work.ts'
import { ProviderName } from '../llm/chat.ts'
import { Rate, Usage } from '../money/cost-of.ts'
import { NanoUsd } from '../money/nano-usd.ts'

/** `<callId>.<attempt>`: reserve, settle and release are each idempotent by it. */
export const AttemptId = z.string().regex(/^call_[a-z0-9_-]+\.\d{1,4}$/)

export const reserveBudget = endpoint({
  service: 'budget',
  name: 'reserveBudget',
  summary: 'Holds the most that one attempt can cost, on every level at once or on none.',
  input: z.object({
    attemptId: AttemptId,
    callId: CallId,
    taskId: TaskId,
    /** Who pays. */
    userId: UserId,
    /** Null while a plan is drafted: nobody's agent asks. */
    agentId: AgentId.nullable(),
    stepId: StepId.nullable(),
    purpose: CallPurpose,
    /** Null: the task itself has no limit. */
    taskLimitNanoUsd: NanoUsd.nullable(),
    provider: ProviderName,
    model: z.string().max(120),
    /** Bytes of the whole request: a token is at least one byte. */
    inputBytes: z.int().nonnegative(),
    outputTokensMax: z.int().positive(),
    /** How long the attempt may run; after that the reservation is settled at its estimate. */
    leaseMs: z.int().positive().max(3_600_000),
  }),
  output: z.object({
    heldNanoUsd: NanoUsd,
    /** The price of the model asked for, fixed at this moment. */
    rate: Rate,
  }),
  errors: ['BUDGET_EXHAUSTED', 'BUDGET_IN_FLIGHT', 'BUDGET_TOO_SMALL', 'PRICE_UNKNOWN'],
  timeoutMs: 3_000,
})

export const findReservation = endpoint({
  service: 'budget',
  name: 'findReservation',
  summary: 'What is or was held for one attempt; whoever finds none knows that it was never sent.',
  input: z.object({ attemptId: AttemptId }),
  output: z.object({ provider: ProviderName, model: z.string(), heldNanoUsd: NanoUsd }),
  errors: ['NOT_FOUND'],
  timeoutMs: 3_000,
})

export const settleBudget = endpoint({
  service: 'budget',
  name: 'settleBudget',
  summary: 'Books what an attempt really cost and frees the rest of its reservation.',
  input: z.object({
    attemptId: AttemptId,
    /** The model that answered: it is the one that is billed. */
    model: z.string().max(120),
    /** Null: unknown (lost or cut off); the reservation is booked whole. */
    usage: Usage.nullable(),
    sentAt: z.iso.datetime(),
  }),
  output: z.object({ costNanoUsd: NanoUsd, overrunNanoUsd: NanoUsd }),
  errors: ['NOT_FOUND'],
  timeoutMs: 3_000,
})

export const releaseBudget = endpoint({
  service: 'budget',
  name: 'releaseBudget',
  summary: 'Frees a reservation whose attempt was never sent or is known to cost nothing.',
  input: z.object({ attemptId: AttemptId }),
  output: z.object({}),
  errors: [],
  timeoutMs: 3_000,
})

/** Attempts of one request: a few hundred bytes each, and one batch of budget's decisions. */
export const settledAtOnceMax = 256

export const settleAttempts = endpoint({
  service: 'budget',
  name: 'settleAttempts',
  summary:
    'Settles or releases many attempts at once, as `settleBudget` and `releaseBudget` do one. Each has an outcome of its own, in the order of the request.',
  input: z.object({
    items: z
      .array(
        z.discriminatedUnion('kind', [
          settleBudget.input.extend({ kind: z.literal('settle') }),
          releaseBudget.input.extend({ kind: z.literal('release') }),
        ]),
      )
      .min(1)
      .max(settledAtOnceMax),
  }),
  output: z.object({
    items: z.array(
      z.discriminatedUnion('state', [
        settleBudget.output.extend({ state: z.literal('settled') }),
        /** Nothing was ever held for it. */
        z.object({ state: z.literal('unknown') }),
      ]),
    ),
  }),
  errors: [],
  timeoutMs: 3_000,
})

export const getPrices = endpoint({
  service: 'budget',
  name: 'getPrices',
  summary: 'The price table, with the dates from and until which each price holds.',
  input: z.object({}),
  output: z.object({
    items: z.array(
      z.object({
        rate: Rate,
        origin: PriceOrigin,
        validFrom: z.iso.datetime(),
        validUntil: z.iso.datetime().nullable(),
        source: z.string(),
      }),
    ),
  }),
  errors: [],
  timeoutMs: 2_000,
})
