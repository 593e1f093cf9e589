import type { HttpNewTask } from '@maestro/contracts/gateway/http-task'
import type { TaskId } from '@maestro/contracts/ids'
import type { NewTask } from '@maestro/contracts/task/task-endpoints'
import type { RequestContext } from '@maestro/service-kit/request-context'
import { fillOptions } from './fill-options.ts'
import { readInputs } from './read-inputs.ts'
import type { UploadInputs } from './upload-inputs.ts'

/** Makes of a request what the orchestrator and the scheduler take: files by reference, defaults filled in. */
export type PrepareTask = (
  task: HttpNewTask,
  taskId: TaskId,
  context: RequestContext,
) => Promise<NewTask>

export const createTaskPreparation =
  ({ uploadInputs }: { uploadInputs: UploadInputs }): PrepareTask =>
  async ({ goal, inputs, options, plan }, taskId, context) => ({
    taskId,
    goal,
    // Every input is read before the first one is uploaded: a refused request leaves nothing behind.
    inputs: await uploadInputs(readInputs(inputs), context),
    options: fillOptions(options),
    plan,
  })
