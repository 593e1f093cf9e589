import { z } from 'zod'
import { endpoint } from '../endpoint.ts'
import { TaskId } from '../ids.ts'
import { payloadChunkBytesMax, Sha256 } from '../payload/payload-ref.ts'

/** The file of a task of 100,000 events with its texts is about half as large. */
export const taskFileBytesMax = 256 * 1024 * 1024

export const importTask = endpoint({
  service: 'orchestrator',
  name: 'importTask',
  summary:
    'Takes a task that ran in another Maestro, out of its file: whole, or not at all. It is only read from then on.',
  input: z.object({
    /** Payloads that make up the file, in order; they are not needed any more when this has answered. */
    parts: z
      .array(Sha256)
      .min(1)
      .max(taskFileBytesMax / payloadChunkBytesMax),
  }),
  output: z.object({
    taskId: TaskId,
    seq: z.int().positive(),
    /** Events that the file held. */
    events: z.int().positive(),
    /** Texts that were gone when it was written. */
    missing: z.int().nonnegative(),
  }),
  errors: ['TASK_FILE_REFUSED', 'TASK_EXISTS', 'IDEMPOTENCY_CONFLICT'],
  // The largest file is read, checked, folded and written.
  timeoutMs: 180_000,
})
