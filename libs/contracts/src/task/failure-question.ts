import { z } from 'zod'
import { CallId } from '../ids.ts'
import { AttemptFacts, FailureClass } from '../llm/call-facts.ts'

/** How it can go on after a call that nobody answered: once more, with another model, without the step, or not at all. */
export const FailureChoice = z.enum(['retry', 'other-model', 'skip', 'fail'])
export type FailureChoice = z.infer<typeof FailureChoice>

export const triedMax = 16

/** What a person has to know about a call that failed, so that they can say how it goes on. */
export const FailureQuestion = z.object({
  callId: CallId,
  failureClass: FailureClass,
  /** What failed, for people. */
  message: z.string().max(1_000),
  /** What they could do about it. */
  suggestion: z.string().max(1_000),
  /** The last tries of the call, in order. */
  tried: z
    .array(
      AttemptFacts.pick({
        provider: true,
        model: true,
        outcome: true,
        failureClass: true,
        reason: true,
      }),
    )
    .max(triedMax),
  choices: z.array(FailureChoice).min(1),
})
export type FailureQuestion = z.infer<typeof FailureQuestion>
