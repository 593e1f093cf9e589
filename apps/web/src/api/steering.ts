import { steeringRoutes } from '@maestro/contracts/gateway/routes/steering-routes'
import type { AgentId, StepId, TaskId } from '@maestro/contracts/ids'
import type { SeenSteps } from '@maestro/contracts/task/steering-endpoints'
import { queryOptions } from '@tanstack/react-query'
import type { z } from 'zod'
import type { Http } from './http.ts'

type Place = { taskId: TaskId; stepId: StepId }

export const retryStep = (http: Http, { reason, ...params }: Place & { reason: string }) =>
  http.json(steeringRoutes.retryStep, { params, body: { reason } })

/** What a rerun would reset and cost; asked anew each time, as the task moves meanwhile. */
export const rerunPreviewQuery = (http: Http, params: Place) =>
  queryOptions({
    queryKey: ['rerun', params.taskId, params.stepId],
    queryFn: ({ signal }) => http.json(steeringRoutes.previewRerun, { params, signal }),
    gcTime: 0,
  })

export const rerunFrom = (
  http: Http,
  { reason, seen, ...params }: Place & { reason: string; seen: SeenSteps },
) => http.json(steeringRoutes.rerunFrom, { params, body: { reason, seen } })

export const setBreakpoint = (http: Http, { isSet, ...params }: Place & { isSet: boolean }) =>
  http.json(steeringRoutes.setBreakpoint, { params, body: { isSet } })

export const giveGuidance = (http: Http, { taskId, ...body }: Place & { text: string }) =>
  http.json(steeringRoutes.giveGuidance, { params: { taskId }, body })

type AgentModification = z.input<(typeof steeringRoutes)['modifyAgent']['body']>

/** Refused when another version came meanwhile. */
export const modifyAgent = (
  http: Http,
  { taskId, agentId, ...body }: { taskId: TaskId; agentId: AgentId } & AgentModification,
) => http.json(steeringRoutes.modifyAgent, { params: { taskId, agentId }, body })
