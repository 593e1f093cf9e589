import { z } from 'zod'
import { endpoint } from '../endpoint.ts'
import { TaskId } from '../ids.ts'
import { payloadChunkBytesMax, Sha256 } from '../payload/payload-ref.ts'

/** The file of a task of 100,000 events with its texts is about half as large. */
export const taskFileBytesMax = 256 * 1024 * 1024

/** Payloads that make up a file, in order. */
const Parts = z
  .array(Sha256)
  .min(1)
  .max(taskFileBytesMax / payloadChunkBytesMax)

export const importTask = endpoint({
  service: 'orchestrator',
  name: 'importTask',
  summary:
    'Takes a task that ran in another Maestro, out of its file: whole, or not at all. It is only read from then on.',
  /** The parts are not needed any more when this has answered. */
  input: z.object({ parts: Parts }),
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

export const dropTaskFile = endpoint({
  service: 'orchestrator',
  name: 'dropTaskFile',
  summary: 'Removes the parts of a file that did not come to its end.',
  input: z.object({
    parts: Parts,
    /** Those that came later stay: whoever sends the file again sends the same parts. */
    olderThanMs: z.int().nonnegative(),
  }),
  output: z.object({}),
  errors: [],
  timeoutMs: 10_000,
})
