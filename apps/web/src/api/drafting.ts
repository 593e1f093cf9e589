import { draftingRoutes } from '@maestro/contracts/gateway/routes/drafting-routes'
import type { TaskId } from '@maestro/contracts/ids'
import type { Http } from './http.ts'

type Place = { taskId: TaskId }

export const guideDrafting = (http: Http, { taskId, guidance }: Place & { guidance: string }) =>
  http.json(draftingRoutes.guideDrafting, {
    params: { taskId },
    body: { guidance },
  })

export const takeVersion = (http: Http, { taskId, version }: Place & { version: number }) =>
  http.json(draftingRoutes.takeVersion, { params: { taskId }, body: { version } })

export const lockPart = (
  http: Http,
  { taskId, ...body }: Place & { part: string; isLocked: boolean },
) => http.json(draftingRoutes.lockPart, { params: { taskId }, body })
