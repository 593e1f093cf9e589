import { z } from 'zod'
import { CallId } from '../ids.ts'
import { AttemptFacts, FailureClass } from '../llm/call-facts.ts'

/**
 * How it can go on after a failure: once more, with another model, without the step (`skip`: as if it had
 * been left out; `go-on`: what needs it does without its output), not at all, or, where something was
 * delivered, with that (`accept`).
 */
export const FailureChoice = z.enum(['retry', 'other-model', 'skip', 'go-on', 'fail', 'accept'])
export type FailureChoice = z.infer<typeof FailureChoice>

export const triedMax = 16
/** Of steps that a question names. */
export const namedStepsMax = 20

/** Of a step whose attempts are used up: what stands all the same. */
export const FailedStep = z.object({
  attempts: z.int().nonnegative(),
  /** Titles of the steps whose outputs are kept, and of those that wait for this one; the first of each. */
  kept: z.array(z.string()).max(namedStepsMax),
  waiting: z.array(z.string()).max(namedStepsMax),
})
export type FailedStep = z.infer<typeof FailedStep>

/** What a person has to know about a call or a step that failed, so that they can say how it goes on. */
export const FailureQuestion = z.object({
  /** Left out when the step failed before any call: its condition could not be evaluated. */
  callId: CallId.optional(),
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
  /** Of a step that has failed; left out: a call has, and its step waits in the middle of it. */
  step: FailedStep.optional(),
})
export type FailureQuestion = z.infer<typeof FailureQuestion>
