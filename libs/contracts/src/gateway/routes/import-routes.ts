import { importTask, taskFileBytesMax } from '../../task/import-endpoints.ts'
import { httpRoutesOf } from '../http-route.ts'

/** The kind of file that a task is exported as. */
export const taskFileMediaType = 'application/x-ndjson'

/** A task out of a file. */
export const importRoutes = httpRoutesOf({
  importTask: {
    method: 'POST',
    path: '/api/tasks/import',
    tag: 'exports',
    summary:
      'Takes the file of a task that ran in another Maestro (`export.task`), whole or not at all. The task can be looked at, exported and played as a tape; nothing of it runs, and nobody changes it.',
    access: 'owner',
    takes: taskFileMediaType,
    bodyBytesMax: taskFileBytesMax,
    answer: importTask.output,
    status: 201,
    keyed: true,
    errors: [
      'TASK_FILE_REFUSED',
      'TASK_EXISTS',
      'PAYLOAD_TOO_LARGE',
      'UNSUPPORTED_MEDIA_TYPE',
      'IDEMPOTENCY_CONFLICT',
    ],
  },
})
