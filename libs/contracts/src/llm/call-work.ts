import { z } from 'zod'
import { BudgetRefusal } from '../budget/budget-refusal.ts'
import { AgentId, CallId, StepId, TaskId, UserId } from '../ids.ts'
import { NanoUsd } from '../money/nano-usd.ts'
import { PayloadRef } from '../payload/payload-ref.ts'
import { AnswerReuse } from './answer-reuse.ts'
import { CallFacts, FailureClass } from './call-facts.ts'
import { CallStrategy } from './call-strategy.ts'
import { AskPerson, Incomplete } from './incomplete.ts'
import { Answer, JsonSchema, ProviderName, ToolSpec } from './chat.ts'

/** What a call is for; costs are broken down by it. */
export const CallPurpose = z.enum([
  'plan',
  'judge-agents',
  'judge-plan',
  'step',
  'observe',
  'embed',
])
export type CallPurpose = z.infer<typeof CallPurpose>

/** A piece of a message: our own frame inline, everything that people, models or tools wrote by reference (I7). */
export const TextPart = z.union([z.object({ text: z.string() }), z.object({ ref: PayloadRef })])
export type TextPart = z.infer<typeof TextPart>

export const WorkMessage = z.discriminatedUnion('role', [
  z.object({ role: z.literal('system'), content: z.array(TextPart).max(256) }),
  z.object({ role: z.literal('user'), content: z.array(TextPart).max(256) }),
  /** An earlier answer, by the reference that its reply gave. */
  z.object({ role: z.literal('assistant'), answer: PayloadRef }),
  z.object({
    role: z.literal('tool'),
    toolCallId: z.string(),
    name: z.string(),
    content: z.array(TextPart).max(8),
  }),
])
export type WorkMessage = z.infer<typeof WorkMessage>

/** A model call that waits for a router worker, on `maestro.work.llm.<priority>`. Its Nats-Msg-Id is `<callId>:<ask>`. */
export const CallWork = z.object({
  callId: CallId,
  /** Counts how often this call was asked for: by a successor, or again after a lost connection. */
  ask: z.int().positive(),
  taskId: TaskId,
  userId: UserId,
  stepId: StepId.nullable(),
  agentId: AgentId.nullable(),
  purpose: CallPurpose,
  /** The request's own wish, over every strategy; empty: none. */
  providers: z.array(ProviderName).max(4),
  /** Of the first provider; null: as the strategy says, else the provider's default. */
  model: z.string().max(120).nullable(),
  /** That of the agent over that of the task; what it leaves out is the system's. */
  strategy: CallStrategy.optional(),
  messages: z.array(WorkMessage).min(1).max(512),
  tools: z.array(ToolSpec).max(64),
  /** The answer must be JSON of this schema. */
  outputSchema: z.object({ name: z.string(), schema: JsonSchema }).nullable(),
  outputTokensMax: z.int().positive().max(65_536),
  /** What the whole task may cost; null: only the global limit holds. */
  taskLimitNanoUsd: NanoUsd.nullable(),
  deadlineAt: z.iso.datetime(),
  /** Left out: asked anew, and its answer is kept for nobody. */
  cache: AnswerReuse.optional(),
  /**
   * After an answer that broke off in the middle: `retry` as the recovery strategies say (the same as
   * nothing), `fall-back` to the next provider at once, `stop` and reply with what came.
   */
  onIncomplete: z.enum(['retry', 'fall-back', 'stop']).optional(),
  /** Where the reply goes; an inbox of the asker. */
  replyTo: z.string(),
})
export type CallWork = z.infer<typeof CallWork>

/** A call that nobody answered. */
export const FailedCall = z.object({
  outcome: z.literal('failed'),
  callId: CallId,
  failure: z.object({
    class: FailureClass,
    /** What failed and what to do, for people. */
    message: z.string().max(1_000),
    /** Of class `budget`: which budget refused, and by how much. */
    refusal: BudgetRefusal.nullable(),
    ask: AskPerson.optional(),
  }),
  facts: CallFacts,
})
export type FailedCall = z.infer<typeof FailedCall>

export const CallReply = z.discriminatedUnion('outcome', [
  z.object({
    outcome: z.literal('answered'),
    callId: CallId,
    /** Null when it is too large for one message: read it by `answerRef`. */
    answer: Answer.nullable(),
    /** The journaled answer as JSON, `application/vnd.maestro.answer+json`. */
    answerRef: PayloadRef,
    facts: CallFacts,
  }),
  /** Only a part came, and no more will under this id. */
  z.object({
    outcome: z.literal('incomplete'),
    callId: CallId,
    /** What came. Its tool calls may be cut: they are not to be run. Null when it is too large for one message. */
    answer: Answer.nullable(),
    answerRef: PayloadRef,
    incomplete: Incomplete,
    facts: CallFacts,
  }),
  FailedCall,
])
export type CallReply = z.infer<typeof CallReply>

/** The media type of a journaled answer. */
export const answerMediaType = 'application/vnd.maestro.answer+json'
