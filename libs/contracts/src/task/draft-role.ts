import { z } from 'zod'

export const Observer = z.enum(['agent-observer', 'plan-observer'])
export type Observer = z.infer<typeof Observer>

export const DraftRole = z.enum(['planner', 'agent-observer', 'plan-observer'])
export type DraftRole = z.infer<typeof DraftRole>

/** Whoever is told by a prompt and a schema of ours: the roles of the drafting, and the judge of results. */
export const RoleName = z.enum([...DraftRole.options, 'execution-observer'])
export type RoleName = z.infer<typeof RoleName>
