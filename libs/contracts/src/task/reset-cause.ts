import { z } from 'zod'

/** Why a step begins anew: it is tried again, it or what it needs is run again, or its agent was modified. */
export const ResetCause = z.enum(['retry', 'rerun', 'agent-modified'])
export type ResetCause = z.infer<typeof ResetCause>
