import { z } from 'zod'

/** How an error looks on every wire: HTTP, WebSocket and NATS replies. */
export const ErrorBody = z.object({
  code: z.string(),
  message: z.string(),
  details: z.record(z.string(), z.unknown()),
  requestId: z.string(),
})
export type ErrorBody = z.infer<typeof ErrorBody>
