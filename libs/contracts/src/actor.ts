import { z } from 'zod'

/** Who asks (I10). Set by the gateway or fixed by NATS permissions, never taken from a payload. */
export const Actor = z.object({
  kind: z.enum(['person', 'api-key', 'service']),
  id: z.string().min(1).max(120),
})
export type Actor = z.infer<typeof Actor>
