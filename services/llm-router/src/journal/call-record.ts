import { BudgetRefusal } from '@maestro/contracts/budget/budget-refusal'
import { AttemptFacts, CallFacts, FailureClass } from '@maestro/contracts/llm/call-facts'
import { ProviderName } from '@maestro/contracts/llm/chat'
import { AskPerson, Incomplete } from '@maestro/contracts/llm/incomplete'
import { KeyId } from '@maestro/contracts/llm/key-id'
import type { CallId } from '@maestro/contracts/ids'
import { NanoUsd } from '@maestro/contracts/money/nano-usd'
import { PayloadRef } from '@maestro/contracts/payload/payload-ref'
import type { Payload } from '@maestro/service-kit/payload'
import { z } from 'zod'
import type { AskedPrompt } from '../call-use/asked-prompt.ts'
import type { NewErrorReport } from '../errors/new-error-report.ts'
import type { Settlement } from '../settle/settlement.ts'

/**
 * Written with the claim of a new call, so that its first attempt need not wait for a write of its
 * own: from then on that may leave for a provider at any time. Budget knows to whom, if it did.
 */
export const FirstMark = z.strictObject({ attempt: z.literal(1) })
export type FirstMark = z.infer<typeof FirstMark>

/** An attempt that may have reached its provider and has no outcome yet. */
export const InFlight = z.object({
  attempt: z.int().positive(),
  provider: ProviderName,
  model: z.string(),
  keyId: KeyId.nullable().default(null),
  sentAt: z.iso.datetime(),
  /** What its reservation holds: the estimate at which it is booked if its worker dies. */
  heldNanoUsd: NanoUsd,
})
export type InFlight = z.infer<typeof InFlight>

export const CallFailure = z.object({
  class: FailureClass,
  message: z.string().max(1_000),
  refusal: BudgetRefusal.nullable().default(null),
  ask: AskPerson.optional(),
})
export type CallFailure = z.infer<typeof CallFailure>

/** A call that this worker owns, as the journal has it. */
export const OpenCall = z.object({
  fence: z.int().positive(),
  /** The highest attempt number that was used. */
  attempt: z.int().nonnegative(),
  inFlight: z.union([FirstMark, InFlight]).nullable(),
  attempts: z.array(AttemptFacts),
  /** How many of `attempts` belong to earlier asks. */
  runStart: z.int().nonnegative(),
  startedAt: z.date(),
  /** Before the claim was asked for, by this process's own clock: its lease began later. */
  claimedAtMs: z.number(),
  isCancelled: z.boolean(),
})
export type OpenCall = z.infer<typeof OpenCall>

const Answered = z.object({ answerRef: PayloadRef, facts: CallFacts })
const Failed = z.object({ failure: CallFailure, facts: CallFacts })
const Cut = z.object({ answerRef: PayloadRef, incomplete: Incomplete, facts: CallFacts })

/** What the journal says when a worker asks for a call. */
export const Claim = z.discriminatedUnion('state', [
  OpenCall.extend({ state: z.literal('claimed') }),
  Answered.extend({ state: z.literal('answered') }),
  Failed.extend({ state: z.literal('failed') }),
  /** For good: it is not opened again. */
  Cut.extend({ state: z.literal('incomplete') }),
  /** Another worker has it and is alive. */
  z.object({ state: z.literal('elsewhere') }),
])
export type Claim = z.infer<typeof Claim>

/** Without content where the journal has it already, from another call. */
type JournaledAnswer = Payload | { ref: PayloadRef; content: null }

/** The facts, and beside them what was asked, where somebody was: whoever reads the facts of a call does not see it. */
type JournaledFacts = CallFacts & { asked?: AskedPrompt }

/** What the owner of a call writes: the whole row, and what belongs into the same transaction. */
export type JournalEntry = {
  callId: CallId
  fence: number
  attempt: number
  inFlight: InFlight | null
  attempts: readonly AttemptFacts[]
  settlement: Settlement | null
  /** What failed since the last entry, for people. */
  reports: readonly NewErrorReport[]
} & (
  | { state: 'running'; givesUpLease?: true }
  | { state: 'answered'; answer: JournaledAnswer; facts: JournaledFacts }
  | { state: 'failed'; failure: CallFailure; facts: JournaledFacts }
  | { state: 'incomplete'; answer: Payload; incomplete: Incomplete; facts: JournaledFacts }
)
