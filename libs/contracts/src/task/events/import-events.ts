import { z } from 'zod'
import { Sha256 } from '../../payload/payload-ref.ts'

/** How a task came here that ran in another Maestro. */
export const importEventData = {
  /** It was brought here as a file. What stands before happened there; it is only read from now on. */
  TaskImported: z.object({
    /** The position at which the file ends. */
    head: z.int().positive(),
    /** The hash of the file's last line, which stands for all of it. */
    fileSha256: Sha256,
    /** When the file was written, and by which Maestro; left out where it does not say. */
    exportedAt: z.iso.datetime().optional(),
    from: z.string().max(300).optional(),
    /** Texts that were gone when it was written. */
    missing: z.int().nonnegative(),
    /** Of a task that had not ended: when the last thing that is known of it happened. */
    stoppedAt: z.iso.datetime().optional(),
  }),
} as const
