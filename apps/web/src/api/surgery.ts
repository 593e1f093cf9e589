import { surgeryRoutes } from '@maestro/contracts/gateway/routes/surgery-routes'
import type { TaskId } from '@maestro/contracts/ids'
import type { PlanEditDraft } from '@maestro/contracts/task/plan-edit'
import type { Http } from './http.ts'

/** Of the version that was looked at. */
type Edited = { taskId: TaskId; baseVersion: number; reason: string }

export const editPlan = (
  http: Http,
  { taskId, ...body }: Edited & { edits: readonly PlanEditDraft[] },
) => http.json(surgeryRoutes.editPlan, { params: { taskId }, body })

export const undoPlanEdit = (http: Http, { taskId, ...body }: Edited) =>
  http.json(surgeryRoutes.undoPlanEdit, { params: { taskId }, body })
