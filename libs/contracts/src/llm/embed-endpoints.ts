import { z } from 'zod'
import { endpoint } from '../endpoint.ts'
import { AgentId, CallId, StepId, TaskId, UserId } from '../ids.ts'
import { NanoUsd } from '../money/nano-usd.ts'
import { PayloadRef } from '../payload/payload-ref.ts'
import { AnswerReuse } from './answer-reuse.ts'
import { CallFacts } from './call-facts.ts'
import { FailedCall } from './call-work.ts'
import { ProviderName } from './chat.ts'

/** One request of Gemini holds as many. */
export const embeddedTextsMax = 100
/** Of one text; the models read two thousand tokens or a little more of it. */
const textCharactersMax = 16_384
/** Of all together: with the worst of escapes they still fit a message. */
const charactersMax = 131_072
/** Within the time that a caller waits for the reply. */
const deadlineMsMax = 50_000

/** One vector per text, in their order. Vectors of different models cannot be compared: keep the model with them. */
export const Vectors = z.object({
  dimensions: z.int().positive().max(65_536),
  count: z.int().positive().max(embeddedTextsMax),
  /** All vectors one after the other: 32-bit floats, little-endian. */
  float32Base64: z.string(),
})
export type Vectors = z.infer<typeof Vectors>

export const embedTexts = endpoint({
  service: 'llm-router',
  name: 'embedTexts',
  summary:
    'Turns texts into vectors: a model call like any other, reserved, journaled by its id and answered by whichever provider can.',
  input: z.object({
    /** Asked for again, the same vectors come at no cost; while it runs, the second asker waits. */
    callId: CallId,
    /** Counts how often: a higher one opens a call that failed for a passing reason. */
    ask: z.int().positive().default(1),
    taskId: TaskId,
    userId: UserId,
    stepId: StepId.nullable().default(null),
    agentId: AgentId.nullable().default(null),
    /** In this order; empty: what is configured, else rehearsal. */
    providers: z.array(ProviderName).max(4).default([]),
    /** Null: the provider's default for embeddings. */
    model: z.string().max(120).nullable().default(null),
    texts: z
      .array(z.string().min(1).max(textCharactersMax))
      .min(1)
      .max(embeddedTextsMax)
      .refine(
        (texts) => texts.reduce((sum, { length }) => sum + length, 0) <= charactersMax,
        `all texts together have at most ${charactersMax} characters`,
      ),
    /** What the whole task may cost; null: only the global limit holds. */
    taskLimitNanoUsd: NanoUsd.nullable().default(null),
    deadlineMs: z.int().min(100).max(deadlineMsMax).default(30_000),
    cache: AnswerReuse.optional(),
  }),
  output: z.discriminatedUnion('outcome', [
    z.object({
      outcome: z.literal('answered'),
      callId: CallId,
      /** Null when they are too large for one message: then they are the text, as JSON, of the answer at `answerRef`. */
      vectors: Vectors.nullable(),
      answerRef: PayloadRef,
      facts: CallFacts,
    }),
    FailedCall,
  ]),
  errors: ['RATE_LIMITED'],
  timeoutMs: 60_000,
})
