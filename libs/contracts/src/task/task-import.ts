import { z } from 'zod'

/** Of a task that ran in another Maestro: when it was brought here, and from where. */
export const TaskImport = z.object({
  at: z.iso.datetime(),
  by: z.string(),
  /** Events of the other Maestro; what comes after them is of this one. */
  head: z.int().positive(),
  exportedAt: z.iso.datetime().optional(),
  from: z.string().optional(),
  /** Texts that were gone when its file was written. */
  missing: z.int().nonnegative(),
  /** It had not ended then. */
  isCut: z.literal(true).optional(),
})
export type TaskImport = z.infer<typeof TaskImport>
