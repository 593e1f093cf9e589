import { z } from 'zod'

export const Observer = z.enum(['agent-observer', 'plan-observer'])
export type Observer = z.infer<typeof Observer>

export const DraftRole = z.enum(['planner', 'agent-observer', 'plan-observer'])
export type DraftRole = z.infer<typeof DraftRole>
