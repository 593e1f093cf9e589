import { steeringRoutes } from '@maestro/contracts/gateway/routes/steering-routes'
import type { AgentId, StepId, TaskId } from '@maestro/contracts/ids'
import type { SeenSteps } from '@maestro/contracts/task/steering-endpoints'
import { queryOptions } from '@tanstack/react-query'
import type { z } from 'zod'
import type { Http } from './http.ts'

type Place = { taskId: TaskId; stepId: StepId }

export const retryStep = (
  http: Http,
  { reason, ...params }: Place & { reason: string },
  idempotencyKey: string,
) => http.json(steeringRoutes.retryStep, { params, body: { reason }, idempotencyKey })

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
  idempotencyKey: string,
) => http.json(steeringRoutes.rerunFrom, { params, body: { reason, seen }, idempotencyKey })

export const setBreakpoint = (
  http: Http,
  { isSet, ...params }: Place & { isSet: boolean },
  idempotencyKey: string,
) => http.json(steeringRoutes.setBreakpoint, { params, body: { isSet }, idempotencyKey })

export const giveGuidance = (
  http: Http,
  { taskId, ...body }: Place & { text: string },
  idempotencyKey: string,
) => http.json(steeringRoutes.giveGuidance, { params: { taskId }, body, idempotencyKey })

type AgentModification = z.input<(typeof steeringRoutes)['modifyAgent']['body']>

/** Refused when another version came meanwhile. */
export const modifyAgent = (
  http: Http,
  { taskId, agentId, ...body }: { taskId: TaskId; agentId: AgentId } & AgentModification,
  idempotencyKey: string,
) => http.json(steeringRoutes.modifyAgent, { params: { taskId, agentId }, body, idempotencyKey })
