import { tapeRoutes } from '@maestro/contracts/gateway/routes/tape-routes'
import type { TaskId } from '@maestro/contracts/ids'
import type { Http } from './http.ts'

/** Changes nothing and costs nothing: asked twice, it is played twice. */
export const playTape = (http: Http, taskId: TaskId) =>
  http.json(tapeRoutes.playTape, { params: { taskId }, body: { changes: {} } })
