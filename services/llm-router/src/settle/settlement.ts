import { Usage } from '@maestro/contracts/money/cost-of'
import { z } from 'zod'

/** What budget has to hear about one attempt. Durable until it has confirmed. */
export const Settlement = z.object({
  attemptId: z.string(),
  callId: z.string(),
  /** `settle` books the cost, `release` frees a reservation that cost nothing. */
  kind: z.enum(['settle', 'release']),
  /** The model that answered, else the one asked for. */
  model: z.string(),
  /** Null: unknown, so the reservation is booked whole. */
  usage: Usage.nullable(),
  sentAt: z.iso.datetime(),
})
export type Settlement = z.infer<typeof Settlement>
