import { z } from 'zod'

/** A part of a plan by its name: what a finding is about, and what a person locks. */
export const PartName = z
  .string()
  .regex(/^(agent|step):[a-z][a-z0-9-]{0,39}$/, 'a part is agent:<name> or step:<name>')
export type PartName = z.infer<typeof PartName>
