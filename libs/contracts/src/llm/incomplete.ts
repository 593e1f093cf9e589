import { z } from 'zod'
import { FailureClass } from './call-facts.ts'

/** A person has to say how it goes on: the recovery strategy of the failure's class wants it. */
export const AskPerson = z.object({
  /** What they could do about it. */
  suggestion: z.string().max(1_000),
})
export type AskPerson = z.infer<typeof AskPerson>

/** Why a call brought a part of its answer only. */
export const Incomplete = z.object({
  /** `broke-off`: its stream ended before its end was seen. `output-limit`: there was more to say than it may. */
  reason: z.enum(['broke-off', 'output-limit']),
  /** Why it could not be completed; null at the output limit. */
  failureClass: FailureClass.nullable(),
  /** What happened and what to do, for people. */
  message: z.string().max(1_000),
  ask: AskPerson.optional(),
})
export type Incomplete = z.infer<typeof Incomplete>
