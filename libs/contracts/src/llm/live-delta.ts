import { z } from 'zod'
import { CallId, StepId, TaskId } from '../ids.ts'
import { CallPurpose } from './call-work.ts'

/** Text of a running call, on `maestro.live.<taskId>.<callId>`. Volatile: the journaled answer is the truth. */
export const LiveDelta = z.object({
  taskId: TaskId,
  callId: CallId,
  stepId: StepId.nullable(),
  purpose: CallPurpose,
  /** A new attempt starts at offset 0 and replaces what earlier attempts showed. */
  attempt: z.int().positive(),
  /** Offset of `text` in the answer so far, in UTF-16 units. */
  from: z.int().nonnegative(),
  text: z.string(),
  /** No more of this attempt comes, and its end was not seen: a new attempt replaces it, or the call ends as incomplete. */
  isBrokenOff: z.literal(true).optional(),
})
export type LiveDelta = z.infer<typeof LiveDelta>
