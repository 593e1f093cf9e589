import { z } from 'zod'

/** CloudEvents 1.0 in structured JSON, with two extensions: `seq`, dense per subject, and `traceparent` (W3C). */
export const CloudEvent = z.object({
  specversion: z.literal('1.0'),
  /** `<subject>:<seq>`, also the Nats-Msg-Id. */
  id: z.string(),
  /** `/maestro/<service>` */
  source: z.string(),
  /** `maestro.<Name>` */
  type: z.string().startsWith('maestro.'),
  subject: z.string(),
  time: z.iso.datetime(),
  datacontenttype: z.literal('application/json'),
  data: z.record(z.string(), z.unknown()),
  seq: z.int().positive(),
  traceparent: z.string().optional(),
})
export type CloudEvent = z.infer<typeof CloudEvent>
